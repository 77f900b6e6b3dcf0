import { type Asked, getAsked } from '../../domain/indicators/asked/contract.ts'
import { invalid } from '../../kernel/errors.ts'
import { type Command, call, needed } from '../command.ts'

function inWords({ words, answer, told, refused, unknown, choices }: Asked): string {
  const lines = told
    ? [`${told.title}：${told.said}`, ...(told.note ? [`  ${told.note}`] : [])]
    : [answer ? `${answer.asked}：${answer.display}` : `${words}：${refused ?? ''}`]
  if (answer?.note) lines.push(`  ${answer.note}`)
  for (const { title, display } of told?.items ?? []) lines.push(`  ${title}：${display}`)
  const strange = unknown.filter((word) => !refused?.includes(`“${word}”`))
  if (strange.length > 0) lines.push(`  没看懂“${strange.join('”“')}”${answer ? '，上面的数没有按它算' : ''}`)
  for (const { title } of choices) lines.push(`  ${answer ? '也可能是' : '可以查'}：${title}`)
  return lines.join('\n')
}

export const askCommand: Command = {
  usage: ['ask 一句话 --org 组织'],
  about: '用一句话查数据，如 全镇多少团员，几个女的；没看懂的字词会说出来',
  options: { org: { type: 'string' } },
  async run(line) {
    const text = line.positionals.join('，')
    if (!text) throw invalid('usage', '请写上要查的话，如 ask 全镇多少团员，几个女的 --org 990101001。')
    const query = { text, org: needed(line, 'org', '哪个组织：代码或全称') }
    const answer = await call(line, getAsked, { query })
    return { json: answer, text: answer.asked.map(inWords).join('\n') || '没有听出要查哪个数据。' }
  },
}
