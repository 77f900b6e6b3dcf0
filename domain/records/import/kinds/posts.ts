/** The posts in a cell: 柳河村团支部书记、青石镇团委委员 are two, each with the body that it names. */
import { POSTS } from '../../../structure/appointments/posts.ts'
import { sheet } from '../../../structure/appointments/sheet.ts'
import type { NamedOrg, OrgNames } from '../orgNames.ts'
import { HARMLESS_BRACKET, parseChoice } from '../sheet/parse/choices.ts'
import { squash } from '../sheet/parse/text.ts'

export interface StatedPost {
  /** Value of posts.ts. */
  post: string
  /** As the office says it: 组织委员. */
  title: string
  /** Null: that of the row. */
  org: NamedOrg | null
}

const field = sheet.fields.find((one) => one.id === 'post')
/** Words before a post that name no body in particular. */
const OWN_BODY = /^(本|该|现任|兼任?|任|担任|共青团)*(团支部|团总支|团委|团工委|支部|总支|团|村团支部)?$/

export type Posts = { posts: StatedPost[] } | { unknownBody: string }

/** Reads `text`, whose posts are known to be readable; the body before each is looked up. */
export function postsIn(text: string, names: OrgNames, at: string): Posts {
  const found: StatedPost[] = []
  for (const part of partsOf(text)) {
    const one = postIn(part)
    if (!one) continue
    const body = bodyBefore(part, one.word)
    const match = OWN_BODY.test(body) ? null : names.find(body, { at })
    if (match && !('org' in match)) return { unknownBody: body }
    found.push({ post: one.post, title: titleOf(one), org: match?.org ?? null })
  }
  return { posts: found }
}

/** 团支部 before 书记 belongs to the body: 柳河村团支部书记 is of 柳河村团支部. */
function bodyBefore(part: string, word: string): string {
  const bare = word.replace(/^(团支部|团总支|团委|团工委|支部|总支|团)(?=.)/, '')
  return part.slice(0, part.length - bare.length)
}

const DIVIDED = /[、,;，；/|+&\n]|兼(?!职)|和|及/

function partsOf(text: string): string[] {
  const whole = squash(text).replace(HARMLESS_BRACKET, '')
  const parts = whole.split(DIVIDED).filter((part) => part !== '')
  return parts.every((part) => postIn(part) !== null) ? parts : [whole]
}

/** A post of a League body; null for 村妇联主席 and the like. */
function postIn(text: string): { post: string; word: string } | null {
  if (!field) return null
  const { reading } = parseChoice({ kind: 'text', value: text, shown: text }, field)
  const [post] = Array.isArray(reading.value) ? reading.value : []
  const [word] = reading.words ?? []
  return post !== undefined && word !== undefined ? { post, word } : null
}

const BODY = /^(团支部|团总支|团工委|团委|支部|总支|团|兼职|专职|挂职)+(?=.)/

/** 团支部组织委员 → 组织委员; 支书 → 书记, the post's own word. */
function titleOf({ post, word }: { post: string; word: string }): string {
  const own = POSTS.find((one) => one.value === post)?.title ?? word
  if (post !== 'committeeMember') return own
  const bare = word.replace(BODY, '')
  return /委员$/.test(bare) ? bare : /^(支委|委)$/.test(bare) ? own : `${bare}${own}`
}

/** League posts in a text about other posts as well: 村文书、青石镇团委委员. */
export function leaguePostsIn(text: string): { posts: string[]; others: string[] } {
  const parts = squash(text)
    .split(DIVIDED)
    .filter((part) => part !== '')
  const ofLeague = (part: string) =>
    /团|总支/.test(part) && !/党|社团|集团/.test(part) && postIn(part) !== null
  return { posts: parts.filter(ofLeague), others: parts.filter((part) => !ofLeague(part)) }
}
