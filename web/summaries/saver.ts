/**
 * Saves a text while it is being written. A refusal because somebody else saved first is no refusal to the writer: both
 * texts are put together and saved again. What has not arrived stays in this browser until it has.
 */
import { getSummary, type Summary, saveSummary } from '../../domain/reports/summaries/contract.ts'
import type { Body } from '../../domain/reports/summaries/model.ts'
import type { Input, Output } from '../../kernel/endpoint.ts'
import { call, type Problem, problemOf } from '../app/client.ts'
import { remember, remembered } from '../app/preferences.ts'
import { merge } from './merge.ts'

type Patch = Pick<
  NonNullable<Input<typeof saveSummary>['body']>,
  'title' | 'cutOff' | 'settings' | 'settingsForAll'
>
export type Written = Output<typeof saveSummary>

/** saved · waiting: typed, not sent · saving · offline: will be tried again · refused: see `problem`. */
export type SavingStatus = 'saved' | 'waiting' | 'saving' | 'offline' | 'refused'

export interface SaverHost {
  read: () => Body
  /** Puts another text in place of the one shown. */
  show: (body: Body) => void
  /** Figures and checks of what was just saved. */
  worked: (written: Written, body: Body) => void
  /** Title, cut-off and settings as somebody else saved them. */
  replaced: (summary: Summary) => void
  /** Something worth telling the writer. */
  tell: (words: string) => void
}

interface Kept {
  base: Body
  body: Body
}

export const TYPED_MS = 800
const RESTED_MS = 2500
const RETRY_MS = 5000

export class Saver {
  status: SavingStatus = 'saved'
  problem: Problem | null = null
  savedAt: string | null = null
  private readonly id: string
  private readonly host: SaverHost
  private version: number
  private base: Body
  private patch: Patch = {}
  private typed = false
  private timer: ReturnType<typeof setTimeout> | undefined
  private sending: Promise<void> | null = null
  private listeners = new Set<() => void>()

  constructor(summary: Summary, host: SaverHost) {
    this.id = summary.id
    this.version = summary.version
    this.base = summary.body
    this.host = host
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  get unsaved(): boolean {
    return this.typed || Object.keys(this.patch).length > 0 || this.sending !== null
  }

  get seen(): number {
    return this.version
  }

  /** What this browser kept of an earlier visit that ended before it was saved. */
  restore(): void {
    const kept = remembered<Kept | null>(this.place, null)
    if (!kept) return
    const { body, twice } = merge(kept.base, kept.body, this.base)
    this.host.show(body)
    this.host.tell(`上次离开时还没来得及保存的改动已经找回${twice.length ? '，有的段落留了两种写法' : ''}。`)
    this.touched()
  }

  touched(): void {
    this.typed = true
    if (this.status === 'saved' || this.status === 'refused') this.tell('waiting')
    this.after(TYPED_MS, true)
  }

  set(patch: Patch, ms = 0): void {
    this.patch = { ...this.patch, ...patch }
    this.after(ms, false)
  }

  /** Everything saved and worked out anew; false when it could not be. */
  async flush(): Promise<boolean> {
    while (this.sending) await this.sending
    await this.send(false)
    return this.status === 'saved' && !this.unsaved
  }

  /** Keeps what is unsaved in this browser, for when the page goes away. */
  keep(): void {
    if (this.typed) remember(this.place, { base: this.base, body: this.host.read() } satisfies Kept)
  }

  /** Somebody else may have saved: their text joins ours. */
  adopt(theirs: Summary): void {
    if (theirs.version <= this.version || this.sending) return
    this.join(theirs)
    if (this.typed) this.after(0, true)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.keep()
    if (this.unsaved && !this.sending) void this.send(true)
  }

  private get place(): string {
    return `summary.${this.id}`
  }

  private after(ms: number, quiet: boolean): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => void this.send(quiet), ms)
  }

  private async send(quiet: boolean): Promise<void> {
    if (this.sending) {
      this.after(TYPED_MS, quiet)
      return
    }
    clearTimeout(this.timer)
    this.sending = this.write(quiet && Object.keys(this.patch).length === 0)
    await this.sending
    this.sending = null
    this.tell(this.status)
  }

  private async write(quiet: boolean): Promise<void> {
    const [body, patch] = [this.host.read(), this.patch]
    this.keep()
    this.typed = false
    this.patch = {}
    this.tell('saving')
    try {
      const ask = { version: this.version, body, ...patch, ...(quiet && { quiet }) }
      const written = await call(saveSummary, { params: { id: this.id }, body: ask })
      this.arrived(written, body, quiet)
    } catch (error) {
      this.typed = true
      this.patch = { ...patch, ...this.patch }
      await this.failed(problemOf(error))
    }
  }

  private arrived(written: Written, body: Body, quiet: boolean): void {
    this.version = written.version
    this.base = body
    this.savedAt = new Date().toTimeString().slice(0, 5)
    this.problem = null
    if (!quiet) this.host.worked(written, body)
    if (this.typed) {
      this.touched()
      return
    }
    remember(this.place, undefined)
    this.tell('saved')
    if (quiet) this.after(RESTED_MS, false)
  }

  private async failed(problem: Problem): Promise<void> {
    this.problem = problem
    if (problem.code === 'versionConflict') return this.joinLatest()
    const again = problem.unanswered || problem.status >= 500
    this.tell(again ? 'offline' : 'refused')
    if (again) this.after(RETRY_MS, false)
  }

  private async joinLatest(): Promise<void> {
    try {
      this.join(await call(getSummary, { params: { id: this.id } }))
      this.after(0, false)
    } catch (error) {
      await this.failed(problemOf(error))
    }
  }

  private join(theirs: Summary): void {
    const mine = this.host.read()
    const { body, twice } = merge(this.base, mine, theirs.body)
    this.version = theirs.version
    this.base = theirs.body
    this.host.replaced(theirs)
    if (JSON.stringify(body) === JSON.stringify(mine)) return
    this.host.show(body)
    this.host.tell(
      twice.length > 0
        ? `${theirs.changedBy}在别处也改了这份总结，双方的改动都已并入；有 ${twice.length} 段两人都改了，两种写法先后保留，请删去一种。`
        : `${theirs.changedBy}在别处也改了这份总结，双方的改动都已并入。`,
    )
  }

  private tell(status: SavingStatus): void {
    this.status = status
    for (const listener of this.listeners) listener()
  }
}
