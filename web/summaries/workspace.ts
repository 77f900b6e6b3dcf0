/** An open summary: its text, its figures, its saving, and what is being looked at. Components watch it. */
import type { Editor } from '@tiptap/core'
import { useSyncExternalStore } from 'react'
import type { Check, ResolvedFigure, Summary } from '../../domain/reports/summaries/contract.ts'
import {
  type Body,
  type FigureRun,
  figuresOf,
  lengthOf,
  type SummarySettings,
  wordsOf,
} from '../../domain/reports/summaries/model.ts'
import { openingOf } from './doc.ts'
import { FigureStore } from './figureStore.ts'
import { chosenFigure } from './nodes.ts'
import { Saver, TYPED_MS } from './saver.ts'
import { openEditor, readBody, selectFigure, showBody } from './textEditor.ts'

export type Side = 'figure' | 'checks' | 'problems'

export interface Inserting {
  /** What stands in the text if nothing is chosen. */
  typed: string
  /** The caret on the screen. */
  left: number
  top: number
  bottom: number
}

const REST_MS = 150

export class Workspace {
  readonly summary: Summary
  readonly editable: boolean
  readonly store: FigureStore
  readonly editor: Editor
  readonly saver: Saver
  readonly element = document.createElement('div')
  title: string
  cutOff: string | null
  settings: SummarySettings
  checks: Check[]
  chosen: string | null = null
  side: Side = 'checks'
  /** On narrow screens the right side covers the page. */
  sideOpen = false
  inserting: Inserting | null = null
  notice: string | null = null
  private readonly opening: string
  private readonly stops: (() => void)[] = []
  private listeners = new Set<() => void>()
  private age = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private read: { doc: unknown; body: Body } | null = null

  constructor(summary: Summary) {
    this.summary = summary
    this.editable = summary.state === 'draft' && summary.may.write
    this.title = summary.title
    this.cutOff = summary.cutOff
    this.settings = summary.settings
    this.checks = summary.checks
    this.opening = openingOf(summary.body)
    this.store = new FigureStore(summary.id)
    this.store.take(figuresOf(summary.body), summary.figures)
    this.editor = openEditor({
      body: summary.body,
      editable: this.editable,
      store: this.store,
      choose: (ref) => this.choose(ref),
      insertFigure: (typed) => this.startInserting(typed),
      save: () => void this.saver.flush(),
    })
    this.element.append(this.editor.view.dom)
    this.saver = new Saver(summary, {
      read: () => this.body,
      show: (body) => showBody(this.editor, body),
      worked: (written, body) => this.take(written, body),
      replaced: (theirs) => this.replace(theirs),
      tell: (words) => this.say(words),
    })
    this.listen()
    if (this.editable) this.saver.restore()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  version = (): number => this.age

  get body(): Body {
    const { doc } = this.editor.state
    if (this.read?.doc !== doc) this.read = { doc, body: readBody(this.editor, this.opening) }
    return this.read.body
  }

  get chosenRun(): FigureRun | undefined {
    return figuresOf(this.body).find((f) => f.ref === this.chosen)
  }

  answer = (run: Pick<FigureRun, 'question' | 'wording'>): ResolvedFigure | undefined =>
    this.store.answer(run)

  /** The figures of the text that hold nothing. */
  get missing(): ResolvedFigure[] {
    return figuresOf(this.body).flatMap((run) => {
      const answer = this.store.answer(run)
      return answer?.missing ? [{ ...answer, ref: run.ref }] : []
    })
  }

  get length(): number {
    const { body } = this
    const displays = new Map(figuresOf(body).map((run) => [run.ref, this.store.answer(run)?.display ?? '—']))
    const displayOf = (ref: string) => displays.get(ref) ?? '—'
    const words = body.sections.map(
      (s) => s.title + s.paragraphs.map((p) => wordsOf(p.runs, displayOf)).join(''),
    )
    return lengthOf(words.join(''))
  }

  choose(ref: string): void {
    this.chosen = ref
    if (!this.editable) selectFigure(this.editor, ref)
    this.show('figure')
  }

  show(side: Side, open = true): void {
    this.side = side
    this.sideOpen = open
    this.changed()
  }

  closeSide(): void {
    this.sideOpen = false
    this.changed()
  }

  startInserting(typed: string): void {
    if (!this.editable) return
    const { left, top, bottom } = this.editor.view.coordsAtPos(this.editor.state.selection.from)
    this.inserting = { typed, left, top, bottom }
    this.changed()
  }

  /** `leave`: what was typed stays in the text after all. */
  stopInserting(leave: boolean): void {
    const typed = this.inserting?.typed
    this.inserting = null
    this.changed()
    if (leave && typed) this.editor.chain().focus().insertContent({ type: 'text', text: typed }).run()
    else this.editor.commands.focus()
  }

  setTitle(title: string): void {
    this.title = title
    if (title.trim()) this.saver.set({ title: title.trim() }, TYPED_MS)
    this.changed()
  }

  setCutOff(cutOff: string | null): void {
    this.cutOff = cutOff
    this.saver.set({ cutOff })
    this.changed()
  }

  setSettings(settings: SummarySettings, forAll: boolean): void {
    this.settings = settings
    this.saver.set({ settings, ...(forAll && { settingsForAll: true }) })
    this.changed()
  }

  say(words: string | null): void {
    this.notice = words
    this.changed()
  }

  close(): void {
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
    if (this.editable) this.saver.stop()
    this.editor.destroy()
  }

  private take(worked: Pick<Summary, 'figures' | 'checks'>, body: Body): void {
    this.checks = worked.checks
    this.store.take(figuresOf(body), worked.figures, true)
    this.changed()
  }

  private replace(theirs: Summary): void {
    this.title = theirs.title
    this.cutOff = theirs.cutOff
    this.settings = theirs.settings
    this.take(theirs, theirs.body)
  }

  private listen(): void {
    this.editor.on('transaction', ({ transaction }) => {
      const ref = chosenFigure(transaction.selection)?.ref
      if (ref && ref !== this.chosen) {
        this.chosen = ref
        this.side = 'figure'
        this.changed()
      } else this.changedSoon()
    })
    this.editor.on('update', () => this.editable && this.saver.touched())
    const keep = () => this.saver.keep()
    window.addEventListener('pagehide', keep)
    this.stops.push(
      this.store.subscribe(() => this.changed()),
      this.saver.subscribe(() => this.changed()),
      () => window.removeEventListener('pagehide', keep),
    )
  }

  /** While somebody types, only the text itself is drawn with every letter. */
  private changedSoon(): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.changed(), REST_MS)
  }

  private changed(): void {
    this.age += 1
    for (const listener of this.listeners) listener()
  }
}

/** Draws the component anew whenever something about the summary changes. */
export function useWatched(workspace: Workspace): Workspace {
  useSyncExternalStore(workspace.subscribe, workspace.version)
  return workspace
}
