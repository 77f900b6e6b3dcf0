/** What a summary's text is made of in the editor: headings, paragraphs, and figures that cannot be typed over. */
import { Extension, Node } from '@tiptap/core'
import type { Node as ProseNode } from '@tiptap/pm/model'
import { NodeSelection, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { ResolvedFigure } from '../../domain/reports/summaries/contract.ts'
import { ofGoneRecord } from '../../domain/reports/summaries/gone.ts'
import { newId } from '../../kernel/id.ts'
import { type FigureAttrs, figureRun } from './doc.ts'
import type { FigureStore } from './figureStore.ts'

/** Marks a change that comes from the ledgers or the server: nobody wrote it by hand. */
export const FROM_LEDGERS = 'fromLedgers'

export const Text = Node.create({ name: 'text', group: 'inline' })

export const Document = Node.create({ name: 'doc', topNode: true, content: '(paragraph | heading)+' })

const kept = (name: string, otherwise: unknown = null) => ({
  default: otherwise,
  keepOnSplit: false,
  parseHTML: (element: HTMLElement) =>
    JSON.parse(element.getAttribute(`data-${name}`) ?? 'null') ?? otherwise,
  renderHTML: (attributes: Record<string, unknown>) => ({
    [`data-${name}`]: JSON.stringify(attributes[name] ?? null),
  }),
})

export const Heading = Node.create({
  name: 'heading',
  content: 'text*',
  defining: true,
  addAttributes: () => ({
    id: kept('id'),
    level: {
      default: 1,
      parseHTML: (element: HTMLElement) => Math.min(3, Number(element.tagName.slice(1)) || 1),
      rendered: false,
    },
  }),
  parseHTML: () => ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((tag) => ({ tag })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${node.attrs.level}`, HTMLAttributes, 0],
})

export const Paragraph = Node.create({
  name: 'paragraph',
  content: 'inline*',
  priority: 1000,
  addAttributes: () => ({ id: kept('id'), origin: kept('origin'), edited: kept('edited', false) }),
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
})

/** The figure's node; `choose` is told the name of the one that was clicked. */
export const figureNode = (store: FigureStore, choose: (ref: string) => void) =>
  Node.create({
    name: 'figure',
    group: 'inline',
    inline: true,
    atom: true,
    selectable: true,
    draggable: true,
    addAttributes: () => ({ ref: kept('ref'), question: kept('question'), wording: kept('wording') }),
    parseHTML: () => [{ tag: 'span[data-question]' }],
    renderHTML: ({ node, HTMLAttributes }) => ['span', HTMLAttributes, displayOf(store, node)],
    renderText: ({ node }) => displayOf(store, node),
    addNodeView:
      () =>
      ({ node, editor }) =>
        chip(node, store, { choose, focusable: !editor.isEditable }),
  })

const displayOf = (store: FigureStore, node: ProseNode) =>
  store.answer(figureRun(node.attrs as FigureAttrs))?.display ?? '—'

interface ChipOptions {
  choose: (ref: string) => void
  /** Where there is no caret, chips are reached with Tab. */
  focusable: boolean
}

function chip(first: ProseNode, store: FigureStore, { choose, focusable }: ChipOptions) {
  let node = first
  const dom = document.createElement('span')
  dom.setAttribute('role', 'button')
  const show = () => {
    const attrs = node.attrs as FigureAttrs
    const answer = store.answer(figureRun(attrs))
    const problem = store.problem(figureRun(attrs))
    dom.className = chipClass(answer, {
      failed: problem !== undefined,
      drifted: store.drifted.has(attrs.ref),
    })
    dom.dataset.ref = attrs.ref
    dom.textContent = problem ? '取数失败' : (answer?.display ?? '…')
    dom.title = problem?.title ?? (answer ? (answer.missingReason ?? answer.asked) : '正在取数')
  }
  const onClick = () => choose((node.attrs as FigureAttrs).ref)
  const onKey = (event: KeyboardEvent) => event.key === 'Enter' && onClick()
  if (focusable) dom.tabIndex = 0
  dom.addEventListener('click', onClick)
  dom.addEventListener('keydown', onKey)
  const stop = store.subscribe(show)
  show()
  return {
    dom,
    update: (next: ProseNode) => {
      if (next.type !== node.type) return false
      node = next
      show()
      return true
    },
    selectNode: () => dom.classList.add('mz-chip-chosen'),
    deselectNode: () => dom.classList.remove('mz-chip-chosen'),
    ignoreMutation: () => true,
    destroy: () => {
      stop()
      dom.removeEventListener('click', onClick)
      dom.removeEventListener('keydown', onKey)
    },
  }
}

function chipClass(answer: ResolvedFigure | undefined, how: { failed: boolean; drifted: boolean }): string {
  if (how.failed) return 'mz-chip mz-chip-failed'
  if (!answer) return 'mz-chip mz-chip-waiting'
  if (ofGoneRecord(answer)) return 'mz-chip mz-chip-gone'
  return `mz-chip${answer.missing ? ' mz-chip-missing' : ''}${how.drifted ? ' mz-chip-drifted' : ''}`
}

/** Gives names to what has none or the same twice, and marks what was changed by hand. */
export const Bookkeeping = Extension.create({
  name: 'bookkeeping',
  addProseMirrorPlugins: () => [
    new Plugin({
      key: new PluginKey('bookkeeping'),
      appendTransaction: (transactions, before, after) => {
        if (!transactions.some((t) => t.docChanged)) return null
        const byHand = !transactions.some((t) => t.getMeta(FROM_LEDGERS))
        const change = after.tr
        nameAll(change)
        if (byHand) markEdited(change, before.doc)
        return change.docChanged ? change : null
      },
    }),
  ],
})

function nameAll(change: Transaction): void {
  const seen = new Set<string>()
  change.doc.descendants((node, at) => {
    const attribute = node.type.name === 'figure' ? 'ref' : 'id'
    if (node.isText) return
    const name = node.attrs[attribute] as string | null
    if (!name || seen.has(name)) {
      change.setNodeAttribute(at, attribute, newId())
      // A copied paragraph is nobody's but the writer's: a refresh must not find two of it.
      if (name && node.attrs.origin)
        change.setNodeAttribute(at, 'origin', null).setNodeAttribute(at, 'edited', false)
    } else seen.add(name)
  })
}

function markEdited(change: Transaction, before: ProseNode): void {
  const was = new Map<string, ProseNode>()
  before.forEach((node) => {
    was.set(node.attrs.id as string, node)
  })
  change.doc.forEach((node, at) => {
    const old = was.get(node.attrs.id as string)
    if (!node.attrs.origin || node.attrs.edited || !old || old === node) return
    if (!old.content.eq(node.content)) change.setNodeAttribute(at, 'edited', true)
  })
}

/** Where a figure stands, or null. */
export function placeOf(doc: ProseNode, ref: string): number | null {
  let found: number | null = null
  doc.descendants((node, at) => {
    if (node.type.name === 'figure' && node.attrs.ref === ref) found = at
    return found === null
  })
  return found
}

/** Where a heading or a paragraph stands, or null. */
export function blockAt(doc: ProseNode, id: string): { node: ProseNode; at: number } | null {
  let found: { node: ProseNode; at: number } | null = null
  doc.forEach((node, at) => {
    if (node.attrs.id === id) found ??= { node, at }
  })
  return found
}

export const chosenFigure = (selection: unknown): FigureAttrs | null =>
  selection instanceof NodeSelection && selection.node.type.name === 'figure'
    ? (selection.node.attrs as FigureAttrs)
    : null
