/** What is still to be looked at before a summary is handed in. Pure: the text and its answered figures in. */
import { dateInWords, parsePeriod } from '../../../kernel/period.ts'
import { word } from '../../indicators/wording.ts'
import type { Check, ResolvedFigure } from './contract.ts'
import { isGone, sentencesIn, withoutGone } from './gone.ts'
import {
  type Body,
  coveredBy,
  figuresIn,
  type Paragraph,
  type Run,
  type SummaryFrame,
  wordsOf,
} from './model.ts'

export type Figures = ReadonlyMap<string, ResolvedFigure>

export const displayIn = (figures: Figures) => (ref: string) => figures.get(ref)?.display ?? '—'

/** Errors first, then warnings, then notes; in reading order within each. */
export function checksOf(body: Body, figures: Figures, frame: SummaryFrame): Check[] {
  const paragraphs = body.sections.flatMap((s) => s.paragraphs)
  const found = [
    ...cutOffNoted(frame),
    ...paragraphs.flatMap((p) => inParagraph(p, figures)),
    ...saidTwice(paragraphs, figures),
  ]
  const rank = { error: 0, warning: 1, note: 2 }
  return found.sort((a, b) => rank[a.level] - rank[b.level])
}

const inParagraph = (p: Paragraph, figures: Figures): Check[] => {
  const figureOf = (ref: string) => figures.get(ref)
  const gone = sentencesIn(p.runs).filter((sentence) => isGone(sentence, figureOf))
  const here = figuresIn(withoutGone(p.runs, figureOf)).flatMap((run) => figures.get(run.ref) ?? [])
  return [
    ...gone.map((sentence) => recordGone(sentence, figures)),
    ...missing(here),
    ...partsBeyondWhole(here),
    ...peopleBeyondTimes(here),
    ...unitsBeside(p, figures),
    ...shares(here),
    ...typedByHand(p),
    ...underTenAndMore(p, figures),
  ].map((check) => ({ ...check, paragraphId: p.id }))
}

function cutOffNoted(frame: SummaryFrame): Check[] {
  const whole = parsePeriod(frame.period)
  const covered = coveredBy(frame)
  if (covered.to >= whole.to) return []
  return [
    {
      kind: 'cutOff',
      level: 'note',
      message: `数据截至${dateInWords(covered.to)}，${whole.label}到${dateInWords(whole.to)}才结束。`,
      refs: [],
    },
  ]
}

const recordGone = (sentence: Run[], figures: Figures): Check => ({
  kind: 'gone',
  level: 'error',
  message: `“${wordsOf(sentence, displayIn(figures)).slice(0, QUOTED)}……”说的记录已经作废，或者不在这份总结的范围里了。导出时略去这句话，请删去。`,
  refs: figuresIn(sentence).map(({ ref }) => ref),
})

const QUOTED = 16

const missing = (here: ResolvedFigure[]): Check[] =>
  here
    .filter((f) => f.missing)
    .map((f) => ({
      kind: 'missing',
      level: 'error',
      message: `${f.measure.title}没有数据：${f.missingReason ?? '没有记录'}。请补记台账、声明“本期无”，或删去这句话。`,
      refs: [f.ref],
    }))

/** 共20个，其中16个、1个、4个: parts of one whole that differ in the same single filter. */
function partsBeyondWhole(here: ResolvedFigure[]): Check[] {
  return here.flatMap((whole) => {
    const parts = here.filter((f) => isPartOf(f, whole))
    const keys = [...new Set(parts.map((f) => keyBeyond(f, whole)))]
    return keys.flatMap((key) =>
      exceeding(
        whole,
        key,
        parts.filter((f) => keyBeyond(f, whole) === key),
      ),
    )
  })
}

function exceeding(whole: ResolvedFigure, key: string, parts: ResolvedFigure[]): Check[] {
  const apart = [...new Map(parts.map((f) => [f.question.where?.[key], f])).values()]
  const sum = apart.reduce((total, f) => total + Number(f.value), 0)
  if (apart.length < 2 || sum <= Number(whole.value)) return []
  const said = apart.map((f) => f.display).join('、')
  return [
    {
      kind: 'parts',
      level: 'error',
      message: `分项（${said}）合计 ${sum}，大于总数 ${whole.display}。请打开佐证核对。`,
      refs: [whole.ref, ...apart.map((f) => f.ref)],
    },
  ]
}

const whereOf = (f: ResolvedFigure) => Object.entries(f.question.where ?? {})

function isPartOf(part: ResolvedFigure, whole: ResolvedFigure): boolean {
  if (part === whole || !sameSubject(part, whole) || !sameTime(part, whole)) return false
  if (typeof part.value !== 'number' || typeof whole.value !== 'number') return false
  if (!['count', 'sum', 'distinct'].includes(part.measure.kind)) return false
  return whereOf(part).length === whereOf(whole).length + 1 && keyBeyond(part, whole) !== ''
}

/** The one filter that the part has beyond the whole; '' when they differ in another way. */
function keyBeyond(part: ResolvedFigure, whole: ResolvedFigure): string {
  const more = whereOf(part).filter(([key, value]) => whole.question.where?.[key] !== value)
  return more.length === 1 ? (more[0]?.[0] ?? '') : ''
}

const sameSubject = (a: ResolvedFigure, b: ResolvedFigure) =>
  a.measure.id === b.measure.id &&
  a.question.org === b.question.org &&
  (a.question.depth ?? '') === (b.question.depth ?? '')

const timeOf = ({ question: q }: ResolvedFigure) => q.asOf ?? `${q.from ?? ''}..${q.to ?? ''}`
const sameTime = (a: ResolvedFigure, b: ResolvedFigure) => timeOf(a) === timeOf(b)
const sameWhere = (a: ResolvedFigure, b: ResolvedFigure) =>
  JSON.stringify(whereOf(a).sort()) === JSON.stringify(whereOf(b).sort())

/** Those who were there cannot be more than the attendances, in the same ledger and with the same filters. */
function peopleBeyondTimes(here: ResolvedFigure[]): Check[] {
  const of = (f: ResolvedFigure, what: string) => f.measure.id === `${f.measure.id.split('.')[0]}.${what}`
  return here
    .filter((f) => of(f, 'personTimes') && !f.missing)
    .flatMap((times) =>
      here
        .filter((f) => of(f, 'people') && f.measure.id.split('.')[0] === times.measure.id.split('.')[0])
        .filter((f) => sameTime(f, times) && sameWhere(f, times) && Number(f.value) > Number(times.value))
        .map((people) => ({
          kind: 'people' as const,
          level: 'error' as const,
          message: `${people.display}多于${times.display}：人数不会多于人次，请核对。`,
          refs: [people.ref, times.ref],
        })),
    )
}

/** A unit typed behind a figure that is printed without one, and another than its own. */
function unitsBeside(p: Paragraph, figures: Figures): Check[] {
  return p.runs.flatMap((run, i) => {
    const next = p.runs[i + 1]
    const figure = run.type === 'figure' ? figures.get(run.ref) : undefined
    // At one occasion the attendances are the people who came.
    const once = run.type === 'figure' && run.question.where?.record !== undefined
    if (!figure || once || next?.type !== 'text') return []
    const typed = /^(人次|人)/.exec(next.text)?.[1]
    const own = figure.unit === '人' || figure.unit === '人次'
    const said = figure.display.endsWith(figure.unit) ? `${figure.unit}${typed ?? ''}` : typed
    if (!typed || !own || said === figure.unit) return []
    return [
      {
        kind: 'people' as const,
        level: 'error' as const,
        message: `“${figure.measure.title}”的单位是“${figure.unit}”，后面却写了“${typed}”。人和人次不能混用，请删去手写的单位。`,
        refs: [figure.ref],
      },
    ]
  })
}

/** 17/39 is 43.5% cut and 43.6% rounded: whoever checks the text should know which it is. */
function shares(here: ResolvedFigure[]): Check[] {
  return here.flatMap((f) => {
    const [numerator, denominator] = f.exact.split('/')
    if (f.unit !== '%' || f.missing || !numerator || !denominator) return []
    const exact = { value: null, unit: '%', fraction: { numerator, denominator } }
    const [cut, round] = [word(exact, { percent: 'cut' }), word(exact, { percent: 'round' })]
    if (cut === round || (f.display !== cut && f.display !== round)) return []
    const [now, other] = f.display === cut ? ['去尾', `四舍五入是${round}`] : ['四舍五入', `去尾是${cut}`]
    return [
      {
        kind: 'percent' as const,
        level: 'note' as const,
        message: `${numerator}÷${denominator} 写作${f.display}（${now}），${other}。`,
        refs: [f.ref],
      },
    ]
  })
}

const UNITS = '人次|人|名|位|个|次|场|期|篇|条|件|户|对|所|家|支|间|份|处|元|小时|%|％|万|余|多'
const TYPED = new RegExp(`(?<![第\\d.])\\d[\\d,，.]*\\s*(?:${UNITS})`, 'g')

/** A number without a question behind it: nobody will be able to open it. */
function typedByHand(p: Paragraph): Check[] {
  return p.runs.flatMap((run) =>
    run.type === 'figure'
      ? []
      : [...run.text.matchAll(TYPED)].map(([number]) => ({
          kind: 'typed' as const,
          level: 'warning' as const,
          message: `“${number}”是手写的数字，没有佐证。请用“/”插入数据，或核对后保留。`,
          refs: [],
        })),
  )
}

/** 5余 says nothing: 余 needs a round number. */
function underTenAndMore(p: Paragraph, figures: Figures): Check[] {
  const said = wordsOf(p.runs, displayIn(figures))
  return [...said.matchAll(/(?<![\d.])\d余(?!万|亿)/g)].map(([words]) => ({
    kind: 'over',
    level: 'warning',
    message: `“${words}”的写法不妥：10 以内的数请写准确的数。`,
    refs: [],
  }))
}

/** The same measure and filters with two values: usually another period or organisation than the reader takes it for. */
function saidTwice(paragraphs: Paragraph[], figures: Figures): Check[] {
  const all = paragraphs.flatMap((p) =>
    figuresIn(p.runs).flatMap((run) => {
      const figure = figures.get(run.ref)
      return figure && !figure.missing ? [{ figure, paragraphId: p.id }] : []
    }),
  )
  return all.flatMap(({ figure, paragraphId }, i) => {
    const other = all
      .slice(0, i)
      .find(
        ({ figure: f }) =>
          f.measure.id === figure.measure.id && sameWhere(f, figure) && f.value !== figure.value,
      )
    if (!other) return []
    return [
      {
        kind: 'twice' as const,
        level: 'warning' as const,
        message: `“${figure.measure.title}”写了两个数：${other.figure.display}（${other.figure.asked}）和${figure.display}（${figure.asked}）。请在文中说明区别，或改成一致。`,
        paragraphId,
        refs: [other.figure.ref, figure.ref],
      },
    ]
  })
}
