import { renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Report, report } from '../../domain/reports/summaries/report.ts'
import { contextOf } from '../../kernel/context.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, type CommandLine, needed, textOf } from '../command.ts'

function percentOf(line: CommandLine): 'cut' | 'round' | undefined {
  const word = textOf(line, 'percent')
  if (word === undefined || word === 'cut' || word === 'round') return word
  throw invalid('usage', `--percent 不能是“${word}”，请写 cut（去尾）或 round（四舍五入）。`)
}

/** Never leaves half a file behind. */
function write(file: string, bytes: Uint8Array): void {
  const unfinished = `${file}.${process.pid}.tmp`
  try {
    writeFileSync(unfinished, bytes)
    renameSync(unfinished, file)
  } catch (error) {
    throw invalid(
      'cannotWrite',
      `写不了文件 ${file}（${(error as { code?: string }).code}）。请换一个文件夹，或关掉正打开它的程序。`,
    )
  }
}

/** One snapshot: whatever is recorded meanwhile, the figures agree with each other and with their rows. */
function made(line: CommandLine, files: { out: string; annex: string | undefined }): Promise<Report> {
  const asked = {
    org: needed(line, 'org', '哪个组织'),
    period: needed(line, 'period', '哪个时段，如 2024H1、2024'),
    cutOff: textOf(line, 'cut-off'),
    percent: percentOf(line),
  }
  return line.services.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute(async (db) => {
      const found = await report(contextOf(line.services, db, line.actor), asked)
      const bytes = await found.docx(files.annex !== undefined)
      const annex = files.annex ? await found.annex() : undefined
      write(files.out, bytes)
      if (files.annex && annex) write(files.annex, annex)
      return found
    })
}

function inWords({ title, source, figures, missing }: Report, file: string): string {
  const from = source === 'saved' ? '已保存的总结' : '按提纲新拟，没有保存'
  return [
    `${title}（${from}）`,
    ...figures.map((f) => `  ${f.text}　${f.sentence}　〔${f.measure}，佐证 ${f.evidence.count} 行〕`),
    ...missing.map((m) => `  缺：${m.title}　${m.reason}`),
    `已写入 ${file}`,
  ].join('\n')
}

const text = { type: 'string' } as const

export const summary: Command = {
  usage: [
    'summary --org 组织 --period 2024H1 --out 文件.docx [--cut-off 日期] [--annex 佐证.xlsx] [--percent cut|round]',
  ],
  about: '写出总结：有保存的用保存的，没有的（或给了截至日期的）按提纲从台账起草，不保存',
  options: { org: text, period: text, 'cut-off': text, out: text, annex: text, percent: text },
  async run(line) {
    const out = resolve(needed(line, 'out', '写到哪个 .docx 文件'))
    const annexTo = textOf(line, 'annex')
    const annex = annexTo && resolve(annexTo)
    const found = await made(line, { out, annex })
    const { title, figures, missing, source } = found
    return {
      json: { title, figures, missing, source, file: out, ...(annex && { annex }) },
      text: inWords(found, out),
    }
  },
}
