/** What the figures of an open text say, by question and wording: a chip that is copied or undone needs no new asking. */

import type { ResolvedFigure } from '../../domain/reports/summaries/contract.ts'
import { tryFigures } from '../../domain/reports/summaries/contract.ts'
import type { FigureRun } from '../../domain/reports/summaries/model.ts'
import { call, type Problem, problemOf } from '../app/client.ts'

type Asked = Pick<FigureRun, 'question' | 'wording'>

const keyOf = ({ question, wording }: Asked) => JSON.stringify([question, wording ?? {}])

const TOGETHER_MS = 60
const MOST = 200

export class FigureStore {
  /** Refs of figures that would differ today. */
  drifted: ReadonlySet<string> = new Set()
  private readonly summaryId: string
  private known = new Map<string, ResolvedFigure>()
  private failed = new Map<string, Problem>()
  private wanted = new Map<string, Asked>()
  private listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | undefined
  private age = 0

  constructor(summaryId: string) {
    this.summaryId = summaryId
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Grows with every change. */
  version = (): number => this.age

  /** Undefined while it is on its way; asks by itself. */
  answer(asked: Asked): ResolvedFigure | undefined {
    const found = this.known.get(keyOf(asked))
    if (!found) this.ask(asked)
    return found
  }

  problem = (asked: Asked): Problem | undefined => this.failed.get(keyOf(asked))

  /** Takes what the server answered for these figures; `instead` forgets the rest, as after a change of the cut-off. */
  take(runs: FigureRun[], figures: ResolvedFigure[], instead = false): void {
    const byRef = new Map(figures.map((f) => [f.ref, f]))
    if (instead) this.known = new Map()
    for (const run of runs) {
      const figure = byRef.get(run.ref)
      if (figure) this.known.set(keyOf(run), figure)
    }
    this.failed.clear()
    this.changed()
  }

  markDrifted(refs: string[]): void {
    this.drifted = new Set(refs)
    this.changed()
  }

  private ask(asked: Asked): void {
    const key = keyOf(asked)
    if (this.wanted.has(key) || this.failed.has(key)) return
    this.wanted.set(key, asked)
    this.timer ??= setTimeout(() => void this.send(), TOGETHER_MS)
  }

  private async send(): Promise<void> {
    this.timer = undefined
    const batch = [...this.wanted].slice(0, MOST)
    await this.fetch(batch)
    for (const [key] of batch) this.wanted.delete(key)
    if (this.wanted.size > 0) this.timer ??= setTimeout(() => void this.send(), TOGETHER_MS)
    this.changed()
  }

  /** One refused question refuses the batch: then each is asked alone, so that the others are answered. */
  private async fetch(batch: [string, Asked][]): Promise<void> {
    const figures = batch.map(([, { question, wording }], i) => ({
      ref: String(i),
      question,
      ...(wording && { wording }),
    }))
    try {
      const answer = await call(tryFigures, { params: { id: this.summaryId }, body: { figures } })
      for (const figure of answer.figures) {
        const key = batch[Number(figure.ref)]?.[0]
        if (key) this.known.set(key, figure)
      }
    } catch (error) {
      const [only] = batch
      if (only && batch.length === 1) this.failed.set(only[0], problemOf(error))
      else await Promise.all(batch.map((one) => this.fetch([one])))
    }
  }

  private changed(): void {
    this.age += 1
    for (const listener of this.listeners) listener()
  }
}
