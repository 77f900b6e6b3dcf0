import {
  type EvidenceRows,
  type FigureAnswer,
  getEvidence,
  getFigure,
} from '../../domain/indicators/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, call, needed, textOf } from '../command.ts'

const PAGE = 50

/** --where sex=女 --where age=14..28 */
function filtersOf({ values }: CommandLine): Record<string, string> | undefined {
  const given = [values.where ?? []].flat().map(String)
  const pairs = given.map((text) => {
    const at = text.indexOf('=')
    if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
    throw invalid('badFilter', `--where “${text}”要写成 名称=值，如 --where sex=女。`)
  })
  return pairs.length > 0 ? Object.fromEntries(pairs) : undefined
}

function numberOf(line: CommandLine, name: string, otherwise: number): number {
  const text = textOf(line, name)
  if (text === undefined) return otherwise
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw invalid('badNumber', `--${name} 要写正整数，不能是“${text}”。`)
}

/** Options that were typed, and no others. */
function questionOf(line: CommandLine) {
  const where = filtersOf(line)
  const { from, to, group, percent } = line.values
  const asOf = textOf(line, 'as-of')
  const depth = textOf(line, 'depth')
  if (asOf && (from || to)) throw invalid('usage', '--as-of 和 --from、--to 只能用一种。')
  return {
    org: needed(line, 'org', '哪个组织：代码或全称'),
    measure: needed(line, 'measure', '哪个指标；用 measures 命令看目录'),
    ...(depth && { depth }),
    ...(from && { from }),
    ...(to && { to }),
    ...(asOf && { asOf }),
    ...(group && { group }),
    ...(percent && { percent }),
    ...(where && { where: JSON.stringify(where) }),
  } as Parameters<typeof call<typeof getFigure>>[2]['query']
}

interface Asked {
  answer: FigureAnswer
  rows: EvidenceRows
}

async function askBoth(line: CommandLine): Promise<Asked> {
  const question = questionOf(line)
  const sealed = { ...question, digest: 'yes' as const } as typeof question
  const answer = await call(line, getFigure, { query: sealed })
  const part = textOf(line, 'part')
  const page = numberOf(line, 'page', 1)
  const size = numberOf(line, 'size', PAGE)
  const { group: _group, ...plain } = question as Record<string, unknown>
  const query = { ...plain, page, size, ...(part && { part }) } as Parameters<
    typeof call<typeof getEvidence>
  >[2]['query']
  return { answer, rows: await call(line, getEvidence, { query }) }
}

function inWords({ answer, rows }: Asked): string {
  const lines = [`${answer.asked}：${answer.display}`]
  if (answer.missingReason) lines.push(`  ${answer.missingReason}`)
  if (answer.note) lines.push(`  ${answer.note}`)
  if (answer.exact.includes('/')) lines.push(`  ${answer.exact}`)
  for (const group of answer.groups ?? []) lines.push(`  ${group.label}　${group.display}`)
  if (answer.overlap) lines.push(`  其中联合 ${answer.overlap}`)
  lines.push(
    `佐证 ${answer.evidence.count} 行${rows.total > rows.rows.length ? `，这里是其中 ${rows.rows.length} 行（--page 翻页）` : ''}`,
  )
  if (rows.rows.length > 0) lines.push(`  ${rows.columns.map((c) => c.title).join('　')}`)
  for (const row of rows.rows) lines.push(`  ${row.cells.map((cell) => cell ?? '').join('　')}`)
  return lines.join('\n')
}

const text = { type: 'string' } as const

export const figure: Command = {
  usage: [
    'figure --org 组织 --measure 指标 [--where 名称=值 …] [--group 名称] [--from 日期 --to 日期 | --as-of 日期] [--depth 0|1|all] [--percent cut|round] [--part 部分] [--page 页 --size 行]',
  ],
  about: '查一个数据：数值、写法和佐证的每一行',
  options: {
    org: text,
    measure: text,
    where: { type: 'string', multiple: true },
    group: text,
    from: text,
    to: text,
    'as-of': text,
    depth: text,
    percent: text,
    part: text,
    page: text,
    size: text,
  },
  async run(line) {
    const asked = await askBoth(line)
    const { answer, rows } = asked
    return { json: { ...answer, evidence: { ...answer.evidence, ...rows } }, text: inWords(asked) }
  },
}
