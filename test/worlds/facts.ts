/** Facts recorded and asked for as tests of figures do it, in worlds that are opened only when the tests begin. */
import { expect } from 'vitest'
import type { FigureAnswer, FigureQuestion } from '../../domain/indicators/contract.ts'
import { ask } from '../../domain/indicators/query.ts'
import { enterRecords } from '../../domain/records/ledgers/enter.ts'
import type { RecordDraft } from '../../domain/records/ledgers/rules.ts'
import type { Context } from '../../kernel/context.ts'
import { newId } from '../../kernel/id.ts'
import type { TestWorld } from '../../kernel/testing.ts'
import type { Township } from './township.ts'
import { inTransaction, type Tree, type TreeName } from './tree.ts'

export const H1 = { from: '2024-01-01', to: '2024-06-30' }

type Row = Omit<RecordDraft, 'orgId' | 'day' | 'title'> & { at?: TreeName; day?: string; title?: string }

/** In the tree of places: at 柳河村 and on a day of March unless said otherwise. */
export function factsOfTree(here: () => { world: TestWorld; tree: Tree }) {
  const inWorld = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(here().world.services, work)
  return {
    async record(ledger: string, rows: Row[]): Promise<string[]> {
      const drafts = rows.map(({ at = 'willow', day = '2024-03-05', title = '一件事', ...row }) => ({
        ...row,
        orgId: here().tree[at].id,
        day,
        title,
      }))
      const { written, problems } = await inWorld((ctx) =>
        enterRecords(ctx, ledger, drafts, { recognise: true }),
      )
      expect(problems).toEqual([])
      return written.map((w) => w?.id ?? '')
    },
    figure: (
      measure: string,
      org: TreeName = 'north',
      more: Partial<FigureQuestion> = {},
    ): Promise<FigureAnswer> =>
      inWorld((ctx) => ask(ctx, { org: here().tree[org].code, measure, ...H1, ...more })),
  }
}

/** In the township: at 柳河村 unless said otherwise; answers with the ids of the records. */
export function factsOfTownship(here: () => { world: TestWorld; town: Township }, title: string) {
  const inWorld = <T>(work: (ctx: Context) => Promise<T>) => inTransaction(here().world.services, work)
  const asking = (measure: string, more: Partial<FigureQuestion> = {}): FigureQuestion => ({
    org: here().town.town.id,
    measure,
    ...H1,
    ...more,
  })
  return {
    inWorld,
    asking,
    asked: (measure: string, more: Partial<FigureQuestion> = {}): Promise<FigureAnswer> =>
      inWorld((ctx) => ask(ctx, asking(measure, more))),
    async enter(ledger: string, drafts: Partial<RecordDraft>[]): Promise<string[]> {
      const whole = drafts.map((d) => ({
        id: newId(),
        orgId: here().town.willow.id,
        day: '2024-04-02',
        title,
        ...d,
      }))
      const { problems } = await inWorld((ctx) => enterRecords(ctx, ledger, whole))
      expect(problems).toEqual([])
      return whole.map((d) => d.id)
    },
  }
}
