// Fills in a new source from a web page: one at an address, or one that was saved.

import { make, word } from "./parts.js";

/** The fields to do so, for a desk with the form of a new source. */
export function fromPage(desk) {
  const input = make("input", { id: "from", type: "url", inputmode: "url", autocomplete: "off" });
  const file = make("input", { id: "saved", type: "file", accept: ".html,.htm,.xhtml" });
  const fault = make("p", { class: "fault", role: "status" });
  const fill = async (html) => {
    fault.textContent = "";
    try {
      const { fields } = await desk.ask("page", { address: input.value.trim(), html });
      desk.form?.fill(fields);
      desk.status.textContent = word("filled");
    } catch (error) {
      fault.textContent = error.message;
    }
  };
  const button = make("button", { type: "button", class: "wide", onclick: () => fill() }, word("fill-in"));
  input.addEventListener("keydown", (event) => event.key === "Enter" && fill());
  file.addEventListener("change", async () => file.files[0] && fill(await file.files[0].text()));
  return make("fieldset", { class: "from" }, make("legend", {}, word("from-page")),
    make("label", { for: "from" }, word("address")), make("div", { class: "beside" }, input, button),
    make("label", { for: "saved" }, word("saved-page")), file, fault);
}
