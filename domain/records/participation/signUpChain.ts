/** The numbered list of names that people paste from a chat (接龙). Browser-safe; phones of 2021 know no lookbehind. */

export interface ChainName {
  name: string
  /** People who come along without a name: +1, 2人 (the named one is one of the two). */
  extra: number
  /** The named one and those without a name. */
  count: number
  /** What else stood on the line: a phone number, a village, 请假. */
  note: string
}

export interface SignUpChain {
  title: string
  names: ChainName[]
  /** Lines that are no entry, as they stood. */
  skipped: string[]
}

const EMOJI = /\p{Extended_Pictographic}|[\u{1F3FB}-\u{1F3FF}]|[\u{1F1E6}-\u{1F1FF}]|\uFE0F|\u200D|\u20E3/gu
const KEYCAP = /^([\d\s]+)\uFE0F?\u20E3/u
const CIRCLED = /^[①-⑳㉑-㊿❶-❿⓫-⓴⑴-⒇⒈-⒛]/u
const NUMBERED = /^[(（[【]?(\d{1,3})[)）\]】]?\s*[.、．:：,，)）\-—]?\s*(?!\d)/u
/** 1. 19900000000 would otherwise eat into the phone number; 6月5日 and 9:00 are no numbering. */
const DATE_LINE = /^\d{1,4}\s*[年月./-]\s*\d|^\d{1,2}[:：]\d{2}/

const squeeze = (line: string) =>
  line
    .replace(/[\uFF01-\uFF5E]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\t]/g, ' ')
    .replace(/[\u200b-\u200c\u200e\u200f\ufeff]/g, '')
    .trim()

/** Cuts 1. / 2、/ ③ / 4️⃣ off a line; null when the line is not numbered. */
function afterNumber(line: string): string | null {
  if (DATE_LINE.test(line)) return null
  const keycap = KEYCAP.exec(line)
  if (keycap) return line.slice(keycap[0].length).replace(/^[.、\s]+/, '')
  if (CIRCLED.test(line)) return line.slice(1).replace(/^[.、\s]+/, '')
  const numbered = NUMBERED.exec(line)
  return numbered ? line.slice(numbered[0].length) : null
}

const HAN_NAME =
  /^(\p{Script=Han}{1,8}·\p{Script=Han}{1,8}(?:·\p{Script=Han}{1,8})?|\p{Script=Han}{2,4}|\p{Script=Han}(?: \p{Script=Han}){1,2})(?=$|[^\p{Script=Han}])/u
const LATIN_NAME = /^([A-Za-z][A-Za-z'.-]*(?: [A-Za-z][A-Za-z'.-]*){0,2})(?=$|[^A-Za-z])/u
/** Two to four characters that are words of a chat rather than a name. */
const CHATTER =
  /^(收到|报名|参加|不参加|接龙|请假|谢谢|好的|已报名|已收到|活动|时间|地点|集合|备注|注意|格式|姓名|电话|例|示例|如下|联系人|负责人|人员|名单|统计|大家|各位|截止|取消|退出|合计|共计|总计|星期.|周[一二三四五六日天]|上午|下午|本人|同上|待定|暂无|无)$/
/** Parts of a title, never of a name. */
const TITLE_WORD = /活动|名单|报名|接龙|会议|团日|通知|培训|学习|服务|植树|慰问|支部|团委/
const REPLY = /^[^:：]{1,20}[:：]|^(回复|引用|@)|^[-—–=_*]{3,}$|^「|^>/

/** Under 50 ms for 500 lines. A name given twice stands once, with the note of the later line. */
export function parseSignUpChain(text: string): SignUpChain {
  const titles: string[] = []
  const skipped: string[] = []
  const names = new Map<string, ChainName>()
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((raw) => ({ raw: raw.trim(), line: squeeze(raw) }))
    .filter(({ line }) => line !== '')
  const numbered = lines.some(
    ({ line }) => afterNumber(line) !== null && entryOf(afterNumber(line) ?? '') !== null,
  )
  for (const { raw, line } of lines) {
    const body = afterNumber(line)
    const bare = /^#?\s*接龙/.test(line) || DATE_LINE.test(line) || (numbered && body === null)
    const entries = bare ? [] : entriesOf(body ?? line)
    if (entries.length > 0) {
      for (const entry of entries) names.set(entry.name, merged(names.get(entry.name), entry))
    } else if (names.size === 0 && body === null && !REPLY.test(line.replace(/^#?\s*接龙[:：]?/, ''))) {
      titles.push(titleOf(line))
    } else skipped.push(raw)
  }
  return { title: titles.find((title) => title !== '') ?? '', names: [...names.values()], skipped }
}

const titleOf = (line: string) =>
  line
    .replace(EMOJI, '')
    .replace(/^#?\s*接龙[:：]?\s*/, '')
    .replace(/^[#【[]|[】\]]$/g, '')
    .trim()

const merged = (earlier: ChainName | undefined, later: ChainName): ChainName =>
  earlier === undefined ? later : { ...later, note: later.note || earlier.note }

/** A line may hold several people: 张三、李四、王五; a couple on one line is two people. */
function entriesOf(body: string): ChainName[] {
  const parts = body
    .replace(EMOJI, ' ')
    .split(/[、，,;；/]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const entries = parts.map(entryOf)
  const allNames = entries.every((entry) => entry !== null)
  if (parts.length > 1 && allNames) return entries.filter((entry) => entry !== null)
  const one = entryOf(body)
  return one ? [one] : []
}

function entryOf(raw: string): ChainName | null {
  const body = raw.replace(EMOJI, ' ').replace(/\s+/g, ' ').trim()
  const found = HAN_NAME.exec(body) ?? LATIN_NAME.exec(body)
  const name = (found?.[1] ?? '').replace(/(\p{Script=Han}) (?=\p{Script=Han})/gu, '$1')
  if (!found || CHATTER.test(name) || TITLE_WORD.test(name)) return null
  const rest = body.slice(found[0].length).trim()
  const { extra, note } = companions(rest)
  return { name, extra, count: extra + 1, note }
}

const CHINESE_DIGITS = '零一二三四五六七八九十'

const amount = (text: string) =>
  /^\d+$/.test(text) ? Number(text) : text === '两' ? 2 : Math.max(0, CHINESE_DIGITS.indexOf(text))

/** +1 and 带2人 come on top of the named one; 2人 and 共3人 include it. More than 99 is no headcount. */
function companions(rest: string): { extra: number; note: string } {
  const added =
    /\+\s*(\d{1,2})(?!\d)\s*[人名位个]?|(?:带|另带|另|外加|和家人)\s*(\d{1,2}|[一二两三四五六七八九十])\s*[人名位个]/u.exec(
      rest,
    )
  if (added) return { extra: amount(added[1] ?? added[2] ?? '0'), note: without(rest, added[0]) }
  const whole =
    /(^|\D)((?:共|一共|合计|计)?\s*(\d{1,2}|[一二两三四五六七八九十])\s*[人名位])(?![\p{Script=Han}])/u.exec(
      rest,
    )
  if (whole) return { extra: Math.max(0, amount(whole[3] ?? '1') - 1), note: without(rest, whole[2] ?? '') }
  return { extra: 0, note: tidyNote(rest) }
}

const without = (rest: string, part: string) => tidyNote(rest.replace(part, ' '))

const BEFORE = new Set(' (（[【,，:：、.。-—')
const BEHIND = new Set(' )）]】,，、.。-—')

/** By steps rather than by a pattern, which would look back from every full stop of a long row of them. */
function tidyNote(text: string): string {
  const note = text.replace(/\s+/g, ' ')
  let from = 0
  let to = note.length
  while (from < to && BEFORE.has(note.charAt(from))) from++
  while (to > from && BEHIND.has(note.charAt(to - 1))) to--
  return note.slice(from, to)
}
