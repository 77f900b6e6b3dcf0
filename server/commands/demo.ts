import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bytesOf, ledgerDemos } from '../../demo/ledgers.ts'
import { loadDemo } from '../../demo/load.ts'
import { messySheets } from '../../demo/sheets.ts'
import { isEmpty } from '../../domain/structure/accounts/setup.ts'
import { conflict } from '../../kernel/errors.ts'
import { type Command, type CommandLine, type Printed, textOf } from '../command.ts'

async function load({ services, dataDir }: CommandLine): Promise<Printed> {
  if (!(await isEmpty(services.db)))
    throw conflict(
      'notEmpty',
      `数据文件夹 ${dataDir} 里已经有数据，演示数据只能装入空的文件夹。请用 --data 另指定一个。`,
    )
  await loadDemo(services, (words) => console.error(`${words}……`))
  return {
    json: { loaded: true, dataDir },
    text: `演示数据已装入 ${dataDir}。用 npm start -- --data ${dataDir} 打开。`,
  }
}

async function writeSheets(folder: string): Promise<Printed> {
  mkdirSync(folder, { recursive: true })
  const ofLedgers = ledgerDemos.map(async ({ demo: { sheet } }) => ({
    name: `${sheet.name}.xlsx`,
    bytes: await bytesOf(sheet),
  }))
  const files = [...(await messySheets()), ...(await Promise.all(ofLedgers))].map(({ name, bytes }) => {
    const file = join(folder, name)
    writeFileSync(file, bytes)
    return file
  })
  return {
    json: { files },
    text: [`写好了${files.length}个可以试导入的表格（枫砻镇，还没有团员）：`, ...files].join('\n'),
  }
}

export const demo: Command = {
  usage: ['demo', 'demo --sheets 文件夹'],
  about: '把虚构的演示县装入一个空的数据文件夹（默认 .data/demo），或写出可以试导入的表格',
  options: { sheets: { type: 'string' } },
  async run(line) {
    const folder = textOf(line, 'sheets')
    return folder ? writeSheets(folder) : load(line)
  },
}
