import { getMeasures } from '../../domain/indicators/contract.ts'
import { type Command, call } from '../command.ts'

export const measures: Command = {
  usage: ['measures [词]'],
  about: '指标目录：编号、名称、单位、口径、可用的筛选和分组；可只列含某个词的',
  options: {},
  async run(line) {
    const { measures: all } = await call(line, getMeasures, {})
    const [word = ''] = line.positionals
    const found = all.filter((m) => `${m.id} ${m.title} ${m.group} ${m.nameKey}`.includes(word))
    const text = found.map(
      (m) =>
        `${m.id}　${m.title}（${m.unit || m.kind}）　${m.definition}\n    筛选：${m.filters.map((f) => `${f.key}=${f.title}`).join('、')}`,
    )
    return { json: { measures: found }, text: text.join('\n') || `没有含“${word}”的指标。` }
  },
}
