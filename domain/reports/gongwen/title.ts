/** Titles of more than one line: broken between words, shaped as a trapezium (梯形) or a lozenge (菱形). */

/** Words that a dictionary takes apart and a title must not. */
const TOGETHER =
  /工作(?:总结|计划|打算|汇报|报告|情况|要点|方案|思路)|\d+(?:年度?|届|期|号|月|日|次)(?:[上下]半年|第[一二三四]季度)?|第[一二三四五六七八九十百]+(?:届|次|期|季度)|[“《（〔][^”》）〕]{1,12}[”》）〕]/g
/** A line may begin with these but not end with them. */
const JOINS_NEXT = new Set([...'和与及暨对在“‘《（〔'])
const CLOSING = /^[，。、；：？！”’）》〕】…]+$/

/** More are no title any more, and the ways to break them too many to try. */
const MOST_LINES = 4

/** Width in characters: what is half as wide counts half. */
export const widthOf = (text: string): number =>
  [...text].reduce((sum, char) => sum + (/[\u0020-\u007e]/.test(char) ? 0.5 : 1), 0)

/** Breaks a title into as few lines of at most `width` characters as it needs; one line if it fits. */
export function shapeTitle(title: string, width = 20): string[] {
  const words = wordsOf(title.trim())
  for (
    let lines = Math.max(1, Math.ceil(widthOf(title) / width));
    lines <= Math.min(MOST_LINES, words.length);
    lines++
  ) {
    const shaped = lines === 1 ? fitting(words, width) : bestOf(words, lines, width)
    if (shaped) return shaped
  }
  return filled(words, width)
}

/** Beyond shaping: line after line as full as it gets. */
function filled(words: string[], width: number): string[] {
  const lines = ['']
  for (const word of words) {
    const line = (lines.at(-1) ?? '') + word
    if (widthOf(line) <= width || line === word) lines[lines.length - 1] = line
    else lines.push(word)
  }
  return lines
}

const fitting = (words: string[], width: number) =>
  widthOf(words.join('')) <= width ? [words.join('')] : undefined

/** Every way to break, judged by its shape. */
function bestOf(words: string[], lines: number, width: number): string[] | undefined {
  let best: { lines: string[]; cost: number } | undefined
  for (const candidate of breaks(words, lines)) {
    if (candidate.some((line) => widthOf(line) > width)) continue
    const cost = costOf(candidate)
    if (!best || cost < best.cost) best = { lines: candidate, cost }
  }
  return best?.lines
}

function* breaks(words: string[], lines: number): Generator<string[]> {
  if (lines === 1) {
    yield [words.join('')]
    return
  }
  for (let cut = 1; cut <= words.length - lines + 1; cut++)
    for (const rest of breaks(words.slice(cut), lines - 1)) yield [words.slice(0, cut).join(''), ...rest]
}

/** Even lines are wanted, but not a brick (all alike) and not an hourglass (a narrow waist). */
function costOf(lines: string[]): number {
  const widths = lines.map(widthOf)
  const [longest, shortest] = [Math.max(...widths), Math.min(...widths)]
  const waist = widths.some((w, i) => i > 0 && w < (widths[i - 1] ?? 0) && w < (widths[i + 1] ?? 0))
  const brick = longest - shortest < 1
  const steps = longest - shortest - lines.length
  return Math.abs(steps) + (waist ? 20 : 0) + (brick ? 4 : 0)
}

function wordsOf(title: string): string[] {
  const words: string[] = []
  let held = ''
  for (const part of pieces(title)) {
    const last = words.length - 1
    if (JOINS_NEXT.has(part)) held += part
    else if (last >= 0 && !held && ([...part].length === 1 || CLOSING.test(part))) words[last] += part
    else {
      words.push(held + part)
      held = ''
    }
  }
  if (held) words.push(held)
  return words
}

/** What must stay whole as it is, everything else as the dictionary divides it. */
function* pieces(title: string): Generator<string> {
  const dictionary = new Intl.Segmenter('zh', { granularity: 'word' })
  let at = 0
  for (const { 0: whole, index } of title.matchAll(TOGETHER)) {
    for (const { segment } of dictionary.segment(title.slice(at, index))) yield segment
    yield whole
    at = index + whole.length
  }
  for (const { segment } of dictionary.segment(title.slice(at))) yield segment
}
