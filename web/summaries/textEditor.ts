/** The editor of one summary's text, and what its surroundings do to it. */
import { Editor } from '@tiptap/core'
import { Fragment, type Node as ProseNode, Slice } from '@tiptap/pm/model'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { Wording } from '../../domain/indicators/wording.ts'
import type { Change } from '../../domain/reports/summaries/contract.ts'
import type { Body, FigureSpec, Paragraph } from '../../domain/reports/summaries/model.ts'
import { newId } from '../../kernel/id.ts'
import { bodyOf, type DocJson, docOf, headingJson, paragraphJson } from './doc.ts'
import type { FigureStore } from './figureStore.ts'
import { Keys } from './keys.ts'
import {
  Bookkeeping,
  blockAt,
  Document,
  FROM_LEDGERS,
  figureNode,
  Heading,
  Paragraph as ParagraphNode,
  placeOf,
  Text,
} from './nodes.ts'

export interface TextEditorOptions {
  body: Body
  editable: boolean
  store: FigureStore
  choose: (ref: string) => void
  insertFigure: (typed: string) => void
  save: () => void
}

export function openEditor(options: TextEditorOptions): Editor {
  return new Editor({
    extensions: [
      Document,
      ParagraphNode,
      Heading,
      Text,
      figureNode(options.store, options.choose),
      Bookkeeping,
      Keys.configure({ insertFigure: options.insertFigure, save: options.save }),
    ],
    content: docOf(options.body),
    editable: options.editable,
    editorProps: {
      attributes: {
        class: 'mz-text',
        'aria-label': '总结正文',
        role: 'textbox',
        'aria-multiline': 'true',
        spellcheck: 'false',
      },
      // Plain text is one paragraph a line, as it comes from Word or a chat.
      clipboardTextParser: (text, _context, _plain, view) => slicesOf(text, view),
    },
  })
}

function slicesOf(text: string, view: EditorView): Slice {
  const { paragraph } = view.state.schema.nodes
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  const blocks = lines.filter(Boolean).flatMap((line) => {
    const made = paragraph?.create(null, view.state.schema.text(line))
    return made ? [made] : []
  })
  return new Slice(Fragment.from(blocks), 1, 1)
}

export const readBody = (editor: Editor, opening: string): Body =>
  bodyOf(editor.state.doc.toJSON() as DocJson, opening)

/** Puts another text in place: only what differs, so that the caret and what can be undone stay. */
export function showBody(editor: Editor, body: Body): void {
  const { state, view } = editor
  const next = state.schema.nodeFromJSON(docOf(body))
  const start = state.doc.content.findDiffStart(next.content)
  if (start === null) return
  const ends = state.doc.content.findDiffEnd(next.content)
  const [from, until, to] = wholeBlocks(state.doc, next, start, ends ?? { a: start, b: start })
  const change = state.tr.replace(from, until, next.slice(from, to))
  view.dispatch(change.setMeta(FROM_LEDGERS, true).setMeta('addToHistory', false))
}

/** From and until in the old text, and until where in the new, at the borders of paragraphs. */
function wholeBlocks(
  old: ProseNode,
  next: ProseNode,
  start: number,
  ends: { a: number; b: number },
): [number, number, number] {
  const from = borderBefore(old, start)
  const fromEnd = Math.min(behindBlock(old, ends.a), behindBlock(next, ends.b))
  return [from, Math.max(from, old.content.size - fromEnd), Math.max(from, next.content.size - fromEnd)]
}

function borderBefore(doc: ProseNode, at: number): number {
  let border = 0
  doc.forEach((node, offset) => {
    if (offset + node.nodeSize <= at) border = offset + node.nodeSize
  })
  return border
}

/** How much of whole blocks stands behind a place. */
function behindBlock(doc: ProseNode, at: number): number {
  let behind = 0
  doc.forEach((_node, offset) => {
    if (offset >= at && behind === 0) behind = doc.content.size - offset
  })
  return behind
}

/** A figure at the caret; the caret goes behind it. */
export function insertFigure(editor: Editor, question: FigureSpec, wording?: Wording): void {
  const attrs = { ref: newId(), question, wording: wording ?? null }
  editor.chain().focus().insertContent({ type: 'figure', attrs }).run()
}

export function changeFigure(
  editor: Editor,
  ref: string,
  change: { question?: FigureSpec; wording?: Wording | null },
): void {
  const at = placeOf(editor.state.doc, ref)
  const node = at === null ? null : editor.state.doc.nodeAt(at)
  if (at === null || !node) return
  const made = editor.state.tr.setNodeMarkup(at, undefined, { ...node.attrs, ...change })
  editor.view.dispatch(made.setSelection(NodeSelection.create(made.doc, at)))
}

export function selectFigure(editor: Editor, ref: string): number | null {
  const at = placeOf(editor.state.doc, ref)
  if (at !== null)
    editor.view.dispatch(editor.state.tr.setSelection(NodeSelection.create(editor.state.doc, at)))
  return at
}

export function goToFigure(editor: Editor, ref: string): boolean {
  const at = selectFigure(editor, ref)
  if (at === null) return false
  bringIntoView(editor.view.nodeDOM(at))
  return true
}

/** Goes to a paragraph or heading; `words` are selected where they stand in it. */
export function goToBlock(editor: Editor, id: string, words?: string): boolean {
  const block = blockAt(editor.state.doc, id)
  if (!block) return false
  const { at, node } = block
  const offset = words ? node.textBetween(0, node.content.size, undefined, '￼').indexOf(words) : -1
  const from = at + 1 + Math.max(0, offset)
  const to = offset < 0 ? from : from + (words?.length ?? 0)
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, from, to)))
  bringIntoView(editor.view.nodeDOM(at))
  if (editor.isEditable) editor.view.focus()
  return true
}

function bringIntoView(dom: Node | null): void {
  if (!(dom instanceof HTMLElement)) return
  dom.scrollIntoView({ block: 'center', behavior: 'smooth' })
  dom.classList.add('mz-text-shown')
  setTimeout(() => dom.classList.remove('mz-text-shown'), 1600)
}

/** At the end of a section, known by its id, else at the end of the text; then goes there. */
export function appendTo(editor: Editor, sectionId: string, paragraph: Paragraph): void {
  const { doc, schema } = editor.state
  const node = schema.nodeFromJSON(paragraphJson(paragraph))
  const at = endOf(editor, sectionId) ?? doc.content.size
  editor.view.dispatch(editor.state.tr.insert(at, node).setMeta(FROM_LEDGERS, true))
  goToBlock(editor, paragraph.id)
}

function endOf(editor: Editor, sectionId: string): number | null {
  const { doc } = editor.state
  const heading = blockAt(doc, sectionId)
  if (!heading) return null
  let end = heading.at + heading.node.nodeSize
  for (let next = doc.nodeAt(end); next && next.type.name !== 'heading'; next = doc.nodeAt(end))
    end += next.nodeSize
  return end
}

/** Takes over what the ledgers say. What is left over of a paragraph that was taken out is nothing. */
export function applyChanges(editor: Editor, changes: Change[]): void {
  for (const change of changes) {
    if (change.kind === 'gone') remove(editor, change.paragraphId)
    else if (change.kind === 'changed') replace(editor, change)
    else add(editor, change)
  }
}

function remove(editor: Editor, id: string | null): void {
  const block = id === null ? null : blockAt(editor.state.doc, id)
  if (!block) return
  const change = editor.state.tr.delete(block.at, block.at + block.node.nodeSize)
  editor.view.dispatch(change.setMeta(FROM_LEDGERS, true))
}

/** What is left of a paragraph, or none of it. */
export function keepOnly(editor: Editor, paragraph: Paragraph): void {
  if (paragraph.runs.length === 0) remove(editor, paragraph.id)
  else replace(editor, { paragraph, paragraphId: paragraph.id })
}

function replace(
  editor: Editor,
  { paragraph, paragraphId }: Pick<Change, 'paragraph' | 'paragraphId'>,
): void {
  const block = paragraphId === null ? null : blockAt(editor.state.doc, paragraphId)
  if (!block || !paragraph) return
  const node = editor.state.schema.nodeFromJSON(paragraphJson(paragraph))
  const change = editor.state.tr.replaceWith(block.at, block.at + block.node.nodeSize, node)
  editor.view.dispatch(change.setMeta(FROM_LEDGERS, true))
}

function add(editor: Editor, { paragraph, paragraphId, sectionId, section }: Change): void {
  if (!paragraph) return
  const { schema, doc } = editor.state
  const node = schema.nodeFromJSON(paragraphJson(paragraph))
  const before = paragraphId === null ? null : blockAt(doc, paragraphId)
  const heading = blockAt(doc, sectionId)
  const change = editor.state.tr.setMeta(FROM_LEDGERS, true)
  if (before) change.insert(before.at + before.node.nodeSize, node)
  else if (heading) change.insert(heading.at + heading.node.nodeSize, node)
  else if (section.title === '') change.insert(0, node)
  else {
    const level = section.level === 1 ? 1 : section.level === 2 ? 2 : 3
    const made = schema.nodeFromJSON(headingJson({ id: sectionId, title: section.title, level }))
    change.insert(doc.content.size, [made, node])
  }
  editor.view.dispatch(change)
}
