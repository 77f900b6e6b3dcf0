import { loadDemo } from '../../demo/load.ts'
import { isEmpty } from '../../domain/structure/accounts/setup.ts'
import { conflict } from '../../kernel/errors.ts'
import type { Command } from '../command.ts'

export const demo: Command = {
  usage: ['demo'],
  about: '把虚构的演示县装入一个空的数据文件夹（默认 .data/demo）',
  options: {},
  async run({ services, dataDir }) {
    if (!(await isEmpty(services)))
      throw conflict(
        'notEmpty',
        `数据文件夹 ${dataDir} 里已经有数据，演示数据只能装入空的文件夹。请用 --data 另指定一个。`,
      )
    await loadDemo(services, (words) => console.error(`${words}……`))
    return {
      json: { loaded: true, dataDir },
      text: `演示数据已装入 ${dataDir}。用 npm start -- --data ${dataDir} 打开。`,
    }
  },
}
