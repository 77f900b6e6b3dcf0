/** A summary as the command line hands it over: what it states, what is missing, and its files. */
import { type Context, require } from '../../../kernel/context.ts'
import { parsePeriod } from '../../../kernel/period.ts'
import { askerOf } from '../../indicators/asker.ts'
import { catalogue } from '../../indicators/catalogue.ts'
import { findOrg, type Org } from '../../structure/organisations/queries.ts'
import { annexOf, type Delivered, docxOf, type RowsOf, rowsAsFrozen, rowsNow } from './deliver.ts'
import { basesTooThin, draft, ledgersWithout } from './draft.ts'
import { type Resolving, resolve } from './figures.ts'
import { coveredBy, figuresIn, figuresOf, sentenceOf } from './model.ts'
import { editionsOf, type SummaryRow } from './queries.ts'
import { usualFor } from './settings.ts'
import { figuresFor, frameOf } from './views.ts'

export interface ReportRequest {
  /** An id, a code or a full path. */
  org: string
  period: string
  /** With it the summary is drafted anew; nothing is saved. */
  cutOff?: string | undefined
  percent?: 'cut' | 'round' | undefined
}

interface StatedFigure {
  /** As the document says it. */
  text: string
  sentence: string
  /** The question in words, and as asked. */
  asked: string
  measure: string
  where: Record<string, string>
  value: number | string | null
  unit: string
  exact: string
  evidence: { count: number; digest: string }
}

export interface Report {
  title: string
  /** saved: the latest edition of the office's own; draft: made for this call. */
  source: 'saved' | 'draft'
  figures: StatedFigure[]
  missing: { sentence?: string; title: string; measure: string; reason: string }[]
  docx: (withAnnex: boolean) => Promise<Uint8Array>
  annex: () => Promise<Uint8Array>
}

interface Material extends Delivered {
  rowsOf: RowsOf
  without: { id: string; title: string; reason: string }[]
}

export async function report(ctx: Context, request: ReportRequest): Promise<Report> {
  const period = parsePeriod(request.period).id
  const covered = coveredBy({ org: '', period, cutOff: request.cutOff })
  const org = await findOrg(ctx, request.org, { asOf: covered.to })
  require(ctx, 'summaries.read', org.pathNow, `组织“${request.org}”`)
  const [saved] = request.cutOff ? [] : await editionsOf(ctx, org, period)
  const fixed = saved?.state === 'submitted' && request.percent && saved.settings.percent !== request.percent
  const kept = saved && !fixed ? await savedOne(ctx, org, saved, request) : undefined
  return reportOf(ctx, kept ?? (await draftedOne(ctx, org, { ...request, period })), kept ? 'saved' : 'draft')
}

async function resolving(
  ctx: Context,
  row: Pick<SummaryRow, 'orgId' | 'period' | 'cutOff' | 'settings'>,
): Promise<Resolving> {
  const all = await catalogue(ctx)
  return { frame: frameOf(row), settings: row.settings, all, asker: askerOf(ctx, all, { digest: true }) }
}

async function savedOne(
  ctx: Context,
  org: Org,
  saved: SummaryRow,
  request: ReportRequest,
): Promise<Material> {
  const settings = request.percent ? { ...saved.settings, percent: request.percent } : saved.settings
  const row = { ...saved, settings }
  const { title, body } = row
  const figures = await figuresFor(ctx, row)
  const day = row.submittedAt?.slice(0, 10) ?? ctx.today
  if (row.state === 'submitted')
    return { title, body, settings, org, figures, day, rowsOf: await rowsAsFrozen(ctx, row), without: [] }
  const how = await resolving(ctx, row)
  const rowsOf = rowsNow(ctx, figures, how)
  return {
    title,
    body,
    settings,
    org,
    figures,
    day,
    rowsOf,
    without: await withoutIn(ctx, { ...how, org }),
  }
}

async function draftedOne(ctx: Context, org: Org, request: ReportRequest): Promise<Material> {
  const usual = await usualFor(ctx, org)
  const settings = request.percent ? { ...usual, percent: request.percent } : usual
  const { period, cutOff = null } = request
  const how = await resolving(ctx, { orgId: org.id, period, cutOff, settings })
  const { title, body } = await draft(ctx, { org, ...how })
  const figures = await resolve(figuresOf(body), how)
  const rowsOf = rowsNow(ctx, figures, how)
  const without = await withoutIn(ctx, { ...how, org })
  return { title, body, settings, org, figures, day: ctx.today, rowsOf, without }
}

/** What a summary does not tell: ledgers without a record, and those known of too few. */
const withoutIn = async (...asked: Parameters<typeof ledgersWithout>) => [
  ...(await ledgersWithout(...asked)),
  ...(await basesTooThin(...asked)),
]

async function reportOf(ctx: Context, material: Material, source: Report['source']): Promise<Report> {
  const all = await catalogue(ctx)
  const stated = statedIn(material)
  return {
    title: material.title,
    source,
    figures: stated.filter((f) => !f.missing).map((f) => f.stated),
    missing: [
      ...stated.flatMap((f) => (f.missing ? [f.missing] : [])),
      ...material.without.map(({ id, title, reason }) => ({ title, measure: `${id}.count`, reason })),
    ],
    docx: (withAnnex) => docxOf(material, withAnnex),
    annex: () => annexOf(material, material.rowsOf, (measure) => all.measures.get(measure)?.definition),
  }
}

interface Stated {
  stated: StatedFigure
  missing?: Report['missing'][number]
}

function statedIn({ body, figures }: Material): Stated[] {
  const displayOf = (ref: string) => figures.get(ref)?.display ?? '—'
  return body.sections
    .flatMap((s) => s.paragraphs)
    .flatMap((p) =>
      figuresIn(p.runs).flatMap(({ ref }): Stated[] => {
        const f = figures.get(ref)
        if (!f) return []
        const sentence = sentenceOf(p.runs, ref, displayOf)
        const { display: text, asked, value, unit, exact, measure } = f
        const { where = {} } = f.question
        const evidence = { count: f.evidence.count, digest: f.evidence.digest ?? '' }
        const stated = { text, sentence, asked, measure: measure.id, where, value, unit, exact, evidence }
        const reason = f.missingReason ?? '没有记录'
        return [
          {
            stated,
            ...(f.missing && { missing: { sentence, title: measure.title, measure: measure.id, reason } }),
          },
        ]
      }),
    )
}
