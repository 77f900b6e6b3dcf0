/** Rosters of members and officers as files: a few at once, many in the background, with the columns that imports read. */
import type { Context } from '../../../kernel/context.ts'
import { invalid } from '../../../kernel/errors.ts'
import { enqueue, type JobKind } from '../../../kernel/jobs/runner.ts'
import { type SheetPlan, writeSheet, XLSX } from '../../../kernel/jobs/sheet.ts'
import type { Download } from '../../../kernel/route.ts'
import { writeWorkbook } from '../../../kernel/spreadsheet/write.ts'
import { findOrg, type Org, requireOrg } from '../organisations/queries.ts'
import type { ExportColumn } from './words.ts'

/** Up to so many people are held at once; more go by a job. */
const MOST_AT_ONCE = 20_000
const CHUNK = 2000

export interface Roster<Filter, Row> {
  /** Of its job, e.g. 'members.export'. */
  job: string
  /** 团员花名册 */
  title: string
  columns: ExportColumn<Row>[]
  /** Above the sheet, of how many: 3 人, 3 人、5 个职务，一职一行. */
  told: (people: number, lines: number) => string
  /** One page, in the order of the file; `total`: people. A person may have several lines. */
  page: (
    ctx: Context,
    filter: Filter,
    page: { page: number; size: number },
  ) => Promise<{ org: Pick<Org, 'name'>; asOf: string; total: number; people: number; lines: Row[] }>
}

type Asked = { org: string; asOf?: string | undefined }

/** @throws invalid `tooMany` */
export async function rosterNow<F extends Asked, R>(
  ctx: Context,
  roster: Roster<F, R>,
  filter: F,
): Promise<Download> {
  const { columns, title } = roster
  const { org, asOf, total, lines } = await roster.page(ctx, filter, { page: 1, size: MOST_AT_ONCE })
  if (total > MOST_AT_ONCE)
    throw invalid('tooMany', `超过 ${MOST_AT_ONCE} 人，请用“后台导出”，做好后在收件箱下载。`)
  const head = `${org.name}${title}`
  const sheet = {
    name: title,
    title: head,
    notes: [
      `截至 ${asOf.slice(0, 10)}，共 ${roster.told(total, lines.length)}。证件号不显示，电话只显示末两位。`,
    ],
    columns: columns.map(sheetColumn),
    rows: lines.map((row) => columns.map((c) => c.value(row))),
  }
  return { name: `${head}-${asOf.slice(0, 10)}.xlsx`, mediaType: XLSX, body: await writeWorkbook([sheet]) }
}

const sheetColumn = ({ title, width }: { title: string; width?: number }) => ({
  title,
  ...(width && { width }),
})

/** @throws notFound, forbidden for what the caller may not read */
export async function beginRoster<F extends Asked>(
  ctx: Context,
  { job, title }: Pick<Roster<F, never>, 'job' | 'title'>,
  filter: F,
): Promise<{ job: string }> {
  const org = await findOrg(ctx, filter.org, { asOf: filter.asOf })
  requireOrg(ctx, 'structure.read', org)
  const input = { ...filter, org: org.id }
  return { job: await enqueue(ctx, { kind: job, title: `导出“${title}”，${org.name}`, org, input }) }
}

export const rosterJob = <F extends Asked, R>(roster: Roster<F, R>): JobKind => ({
  kind: roster.job,
  run: (job) => writeSheet(job, (ctx) => planOf(ctx, roster, job.input)),
})

async function planOf<F extends Asked, R>(ctx: Context, roster: Roster<F, R>, filter: F): Promise<SheetPlan> {
  const first = await roster.page(ctx, filter, { page: 1, size: 1 })
  const title = `${first.org.name}${roster.title}`
  return {
    name: `${title}-${first.asOf.slice(0, 10)}`,
    title,
    columns: roster.columns.map(sheetColumn),
    count: async () => first.total,
    async *rows() {
      for (let page = 1; ; page++) {
        const { people, lines } = await roster.page(ctx, filter, { page, size: CHUNK })
        yield lines.map((row) => roster.columns.map((c) => c.value(row)))
        if (people < CHUNK) return
      }
    },
  }
}
