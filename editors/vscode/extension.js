// Starts `backgrounder lsp` and connects it with the editor. All of the work is done there.

'use strict';

const path = require('node:path');
const vscode = require('vscode');
const { LanguageClient } = require('vscode-languageclient/node');

/** @type {LanguageClient | undefined} */
let client;

/** The folder with `book.toml`, if the settings name it or only one is open. */
function root() {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const named = vscode.workspace.getConfiguration('backgrounder').get('root', '');
  return named && folder ? path.resolve(folder, named) : undefined;
}

/** Starts the server, and says what to do if that isn't possible. */
async function start() {
  const command = vscode.workspace.getConfiguration('backgrounder').get('program', 'backgrounder');
  const folder = root();
  const args = folder ? ['lsp', folder] : ['lsp'];
  client = new LanguageClient(
    'backgrounder',
    'Backgrounder',
    { command, args },
    {
      documentSelector: [
        { scheme: 'file', language: 'markdown' },
        { scheme: 'file', language: 'yaml' },
        { scheme: 'file', language: 'toml', pattern: '**/book.toml' },
        { scheme: 'file', pattern: '**/book.toml' },
      ],
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const choice = await vscode.window.showErrorMessage(
      `${command} can't be started: ${error instanceof Error ? error.message : error}. Install it, or name it in the settings.`,
      'Open Settings',
    );
    if (choice) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'backgrounder.program');
    }
  }
}

/** The place of the cursor, in the terms of the protocol. */
function place() {
  const editor = vscode.window.activeTextEditor;
  if (!client || !editor || editor.document.uri.scheme !== 'file') {
    return undefined;
  }
  const { line, character } = editor.selection.active;
  return { textDocument: { uri: client.code2ProtocolConverter.asUri(editor.document.uri) }, position: { line, character } };
}

/** Has pages in a running preview show the place of the cursor. */
async function showInPreview() {
  const at = place();
  if (at) {
    await client?.sendRequest('workspace/executeCommand', { command: 'backgrounder.show', arguments: [at.textDocument.uri, at.position.line] });
  }
}

/** How long the cursor stays in a place before pages follow, in milliseconds. */
const PAUSE = 150;

/** @type {NodeJS.Timeout | undefined} */
let waiting;

/** Tells where the cursor is, if pages are to follow it. */
function moved() {
  clearTimeout(waiting);
  if (!vscode.workspace.getConfiguration('backgrounder').get('follow', false)) {
    return;
  }
  waiting = setTimeout(() => {
    const at = place();
    if (at) {
      void client?.sendNotification('backgrounder/cursor', at);
    }
  }, PAUSE);
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

/** @param {vscode.ExtensionContext} context */
async function activate(context) {
  const restart = async () => {
    await stop();
    await start();
  };
  context.subscriptions.push(
    vscode.commands.registerCommand('backgrounder.restart', restart),
    vscode.commands.registerCommand('backgrounder.showInPreview', showInPreview),
    vscode.window.onDidChangeTextEditorSelection(moved),
    vscode.workspace.onDidChangeConfiguration((change) => {
      const restarts = ['backgrounder.program', 'backgrounder.root'];
      if (restarts.some((setting) => change.affectsConfiguration(setting))) {
        void restart();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
