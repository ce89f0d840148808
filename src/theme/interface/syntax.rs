//! What a template says, as far as names are concerned: which variables and fields it looks up, and which names it
//! binds.
//!
//! Tera doesn't expose its own syntax tree. This one leaves out everything that has no effect on names: text, comments,
//! whitespace, the values of literals.

/// A word in a template's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'t> {
    pub(super) text: &'t str,
    /// Its first byte.
    pub(super) at: usize,
}

impl Word<'_> {
    /// One after its last byte.
    pub(super) fn end(self) -> usize {
        self.at + self.text.len()
    }
}

/// A template.
#[derive(Debug, Default)]
pub(super) struct Parsed<'t> {
    /// What it extends: the name, and the word with it.
    pub(super) extends: Option<Named<'t>>,
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) components: Vec<Component<'t>>,
}

/// The name of a template, unescaped, and as written.
#[derive(Clone, Debug)]
pub(super) struct Named<'t> {
    pub(super) name: String,
    pub(super) word: Word<'t>,
}

/// A component's definition.
#[derive(Debug)]
pub(super) struct Component<'t> {
    pub(super) name: String,
    pub(super) parameters: Vec<Parameter<'t>>,
    /// The name for all further arguments.
    pub(super) rest: Option<Word<'t>>,
    pub(super) body: Vec<Node<'t>>,
}

/// A parameter of a component.
#[derive(Debug)]
pub(super) struct Parameter<'t> {
    pub(super) name: Word<'t>,
    pub(super) default: Option<Expr<'t>>,
    /// Whether it comes from the caller's scope if the call doesn't name it.
    pub(super) is_implicit: bool,
}

/// A statement.
#[derive(Debug)]
pub(super) enum Node<'t> {
    Print(Expr<'t>),
    Set {
        name: Word<'t>,
        value: Expr<'t>,
        is_global: bool,
    },
    /// What is rendered inside goes through filters, and into a name if there is one.
    Capture {
        name: Option<Word<'t>>,
        is_global: bool,
        filters: Vec<Filter<'t>>,
        body: Vec<Node<'t>>,
    },
    If {
        arms: Vec<(Expr<'t>, Vec<Node<'t>>)>,
        otherwise: Vec<Node<'t>>,
    },
    For {
        key: Option<Word<'t>>,
        value: Word<'t>,
        of: Expr<'t>,
        body: Vec<Node<'t>>,
        otherwise: Vec<Node<'t>>,
    },
    Include(Named<'t>),
    Block {
        name: Word<'t>,
        body: Vec<Node<'t>>,
    },
}

/// A filter, without what it is applied to.
#[derive(Debug)]
pub(super) struct Filter<'t> {
    pub(super) name: Word<'t>,
    pub(super) arguments: Vec<(Word<'t>, Expr<'t>)>,
}

/// What happens with a value that may be undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operands {
    /// Neither side must be defined: `==`, `~`.
    Lenient,
    /// The right side must be: `in`.
    RightStrict,
    /// Both must be: arithmetic, `<`.
    Strict,
}

/// An expression.
#[derive(Debug)]
pub(super) enum Expr<'t> {
    /// A constant; the word is a string's, if it has no escapes.
    Literal(Literal<'t>),
    Var(Word<'t>),
    /// `loop.index` and the like, inside a loop.
    Loop,
    Field {
        of: Box<Expr<'t>>,
        name: Word<'t>,
        is_optional: bool,
    },
    Item {
        of: Box<Expr<'t>>,
        index: Box<Expr<'t>>,
        is_optional: bool,
    },
    Slice {
        of: Box<Expr<'t>>,
        bounds: Vec<Expr<'t>>,
        is_optional: bool,
    },
    Filtered {
        of: Box<Expr<'t>>,
        filter: Filter<'t>,
    },
    Test {
        of: Box<Expr<'t>>,
        arguments: Vec<(Word<'t>, Expr<'t>)>,
    },
    Call {
        name: Word<'t>,
        arguments: Vec<(Word<'t>, Expr<'t>)>,
    },
    /// `and`, `or`: the right side is evaluated only if the left one allows it.
    Both(Box<Expr<'t>>, Box<Expr<'t>>),
    Not(Box<Expr<'t>>),
    Binary(Operands, Box<Expr<'t>>, Box<Expr<'t>>),
    Choice {
        condition: Box<Expr<'t>>,
        yes: Box<Expr<'t>>,
        no: Box<Expr<'t>>,
    },
    List(Vec<Entry<'t>>),
    Map(Vec<Entry<'t>>),
    /// A list comprehension.
    Each {
        key: Option<Word<'t>>,
        value: Word<'t>,
        of: Box<Expr<'t>>,
        condition: Option<Box<Expr<'t>>>,
        result: Box<Expr<'t>>,
    },
    Component {
        name: String,
        /// Arguments by name; those without a name are spread.
        arguments: Vec<(Option<Word<'t>>, Expr<'t>)>,
        body: Vec<Node<'t>>,
    },
}

/// An entry of a list or map that a template writes out.
#[derive(Debug)]
pub(super) struct Entry<'t> {
    pub(super) value: Expr<'t>,
    pub(super) is_spread: bool,
}

/// A constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Literal<'t> {
    Text(Option<Word<'t>>),
    Number,
    Bool,
    Nothing,
}

impl<'t> Expr<'t> {
    /// Where a path begins and ends: `a.b.c`; `None` if it isn't a path.
    pub(super) fn path(&self) -> Option<(usize, usize)> {
        match self {
            Self::Var(word) => Some((word.at, word.end())),
            Self::Field { of, name, .. } => Some((of.path()?.0, name.end())),
            _ => None,
        }
    }

    /// Calls `visit` with every variable that is looked up inside, except what components render.
    pub(super) fn variables(&self, visit: &mut impl FnMut(Word<'t>)) {
        let mut todo = vec![self];
        while let Some(expr) = todo.pop() {
            match expr {
                Self::Var(word) => visit(*word),
                Self::Literal(_) | Self::Loop => {}
                Self::Field { of, .. } | Self::Not(of) => todo.push(of),
                Self::Item { of, index, .. } => todo.extend([&**of, &**index]),
                Self::Slice { of, bounds, .. } => todo.extend(std::iter::once(&**of).chain(bounds)),
                Self::Filtered { of, filter } => {
                    todo.push(of);
                    todo.extend(filter.arguments.iter().map(|(_, value)| value));
                }
                Self::Test { of, arguments } => {
                    todo.push(of);
                    todo.extend(arguments.iter().map(|(_, value)| value));
                }
                Self::Call { arguments, .. } => todo.extend(arguments.iter().map(|(_, value)| value)),
                Self::Both(left, right) | Self::Binary(_, left, right) => todo.extend([&**left, &**right]),
                Self::Choice { condition, yes, no } => todo.extend([&**condition, &**yes, &**no]),
                Self::List(entries) | Self::Map(entries) => todo.extend(entries.iter().map(|entry| &entry.value)),
                Self::Each { of, condition, result, .. } => {
                    todo.extend([&**of, &**result]);
                    todo.extend(condition.as_deref());
                }
                Self::Component { arguments, .. } => todo.extend(arguments.iter().map(|(_, value)| value)),
            }
        }
    }
}
