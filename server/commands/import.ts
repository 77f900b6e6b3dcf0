import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import type {
  CheckReport,
  CommitRequest,
  ImportReport,
  RowOutcome,
} from '../../domain/records/import/contract.ts'
import { checkFile, importFile } from '../../domain/records/import/importFile.ts'
import { keepFile, openFile } from '../../domain/records/import/uploads.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, inTransaction, needed, type Printed, textOf } from '../command.ts'

const EVERY_ROW = Number.POSITIVE_INFINITY

type Report = CheckReport & Partial<Pick<ImportReport, 'written' | 'batch' | 'failedFile'>>

async function takeIn(line: CommandLine, request: CommitRequest): Promise<Report> {
  const { services, actor, values } = line
  const progress = async () => undefined
  const listed = EVERY_ROW
  if (values['dry-run'] === true)
    return inTransaction(line, (ctx) => checkFile(ctx, { request, progress, listed }))
  return importFile({ services, actor, request, progress, listed })
}

async function requestOf(line: CommandLine): Promise<CommitRequest> {
  const { services, actor, values, positionals } = line
  const [path] = positionals
  if (!path) throw invalid('missingFile', '请写明要导入的文件：import 文件 --org 组织。')
  const file = await keepFile(services, actor, { name: basename(path), bytes: bytesOf(path) })
  const kind = textOf(line, 'as')
  const sheet = textOf(line, 'sheet')
  const statementDate = textOf(line, 'statement-date')
  const headerRow = textOf(line, 'header-row')
  return {
    file,
    org: needed(line, 'org', '这个表格是哪个组织的：代码或全称'),
    ...(kind && { kind }),
    ...(sheet && { sheet }),
    ...(headerRow && { headerRow: rowOf(headerRow) }),
    ...(statementDate && { statementDate: dayOf(statementDate) }),
    createOrgs: values['create-orgs'] === true,
    onlyGood: values['only-good'] === true,
    accepted: [
      ...(values['id-pending'] === true ? (['idPending'] as const) : []),
      ...(values.again === true ? (['sameFile'] as const) : []),
      ...(values['title-day'] === true ? (['titleDay'] as const) : []),
    ],
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch {
    throw invalid('noSuchFile', `读不到文件“${path}”，请核对路径。`)
  }
}

function rowOf(text: string): number {
  const row = Number(text)
  if (Number.isInteger(row) && row >= 1) return row
  throw invalid('badRow', `--header-row “${text}”不是行号，请写表头第一行的行号，如 3。`)
}

function dayOf(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text
  throw invalid('badDay', `--statement-date “${text}”不是日期，请写成 2024-06-18 的样子。`)
}

const failing = ({ state }: RowOutcome) => state === 'refused' || state === 'confirm'

/** One entry a row; the first problem names the column. */
const failedOf = ({ rows }: Report) =>
  rows.filter(failing).map(({ row, label, problems }) => {
    const open = problems.filter((one) => one.severity !== 'warning')
    return {
      row,
      label,
      column: open[0]?.header || null,
      reason: open.map((one) => one.reason).join('；'),
      remedy: open.map((one) => one.remedy).join(' '),
    }
  })

const warningsOf = ({ warnings, rows }: Report) => [
  ...warnings.map((reason) => ({ row: null, column: null, reason, remedy: '' })),
  ...rows.flatMap(({ row, problems }) =>
    problems
      .filter((one) => one.severity === 'warning')
      .map(({ header, reason, remedy }) => ({ row, column: header, reason, remedy })),
  ),
]

function answerOf(report: Report, dryRun: boolean) {
  const { counts, kind, sheet, totals, mapping, unmapped, duplicateOf, remembered, newOrgs } = report
  const stands = dryRun || report.written === true
  return {
    kind,
    sheet,
    rows: counts.rows,
    imported: stands ? counts.new : 0,
    updated: stands ? counts.updated : 0,
    unchanged: stands ? counts.unchanged : 0,
    failed: failedOf(report),
    warnings: warningsOf(report),
    totals,
    mapping,
    unmapped,
    remembered,
    duplicateOf,
    newOrgs: stands ? newOrgs : [],
    dryRun,
    written: report.written === true,
    batch: report.batch ?? null,
  }
}

const SHOWN = 20

function textOfAnswer(report: Report, answer: ReturnType<typeof answerOf>): string {
  const { counts } = report
  const done = answer.dryRun ? '试导入，没有写入' : answer.written ? '已导入' : '没有写入'
  const lines = [
    `${report.kindTitle}　${report.fileName}　${report.sheet}　→　${report.org.name}`,
    `${done}：共 ${counts.rows} 行，新登记 ${counts.new}，补充 ${counts.updated}，没有变化 ${counts.unchanged}，不能导入 ${counts.refused + counts.confirm}`,
    ...answer.failed
      .slice(0, SHOWN)
      .map((one) => `  第 ${one.row} 行 ${one.column ?? ''}：${one.reason}。${one.remedy}`),
    ...(answer.failed.length > SHOWN
      ? [`  …… 共 ${answer.failed.length} 行，用 --failed-out 文件.xlsx 取出`]
      : []),
    ...report.totals.map(
      (one) =>
        `  ${one.label}（第 ${one.row} 行 ${one.column} 列）：表里 ${one.stated}，逐行相加 ${one.ours}${one.equal ? '，一致' : '，不一致'}`,
    ),
    ...report.warnings.map((one) => `  ${one}`),
    ...report.findings
      .filter((one) => one.severity === 'warning')
      .map((one) => `  ${one.header}：${one.reason}（${one.count} 行，如第 ${one.rows.join('、')} 行）`),
    ...(report.unmapped.length > 0 ? [`  没有导入的列：${report.unmapped.join('、')}`] : []),
    ...(answer.batch ? [`  批次 ${answer.batch}`] : []),
  ]
  return lines.join('\n')
}

async function run(line: CommandLine): Promise<Printed> {
  const request = await requestOf(line)
  const report = await takeIn(line, request)
  const out = textOf(line, 'failed-out')
  if (out && report.failedFile)
    writeFileSync(out, (await openFile(line.services, line.actor, report.failedFile)).bytes)
  const dryRun = line.values['dry-run'] === true
  const answer = answerOf(report, dryRun)
  const failed = dryRun ? answer.failed.length > 0 : !answer.written
  return { json: answer, text: textOfAnswer(report, answer), failed }
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

export const importCommand: Command = {
  usage: [
    'import 文件 --org 组织 [--as 表的种类] [--sheet 工作表] [--header-row 行号] [--statement-date 填报时间]',
    '       [--create-orgs] [--dry-run] [--only-good] [--id-pending] [--title-day] [--again] [--failed-out 文件.xlsx]',
  ],
  about:
    '导入 .xlsx、.xls、.csv：花名册（organisations、members、officers）或任何台账。有一行不对就什么都不写；--only-good 只写对的行',
  options: {
    org: text,
    as: text,
    sheet: text,
    'statement-date': text,
    'failed-out': text,
    'header-row': text,
    'dry-run': flag,
    'only-good': flag,
    'create-orgs': flag,
    'id-pending': flag,
    again: flag,
    'title-day': flag,
  },
  run,
}
