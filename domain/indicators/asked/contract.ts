/** A question in the office's own words, read by rules: 全镇多少团员，几个女的. No word is guessed: what is not understood is named. */
import Type, { type Static } from 'typebox'
import { endpoint } from '../../../kernel/endpoint.ts'
import { Day, opens } from '../../../kernel/shapes.ts'
import { FigureAnswer, FigureQuestion } from '../contract.ts'

/** Another way in which the words may be meant. */
const Reading = Type.Object({ title: Type.String(), question: FigureQuestion })
export type Reading = Static<typeof Reading>

/** Not a figure but what comes of several: who has most, who has none, by how much two differ. */
const Told = Type.Object({
  /** 青石镇团委，2024年上半年，主题活动场数，最多的团支部 */
  title: Type.String(),
  /** 柳河村团支部，12场; 5个; 增加3人; — where it cannot be told. */
  said: Type.String(),
  /** What has to be said beside it. */
  note: Type.Optional(Type.String()),
  /** Each figure behind it, to be opened; the first of them where there are very many. */
  items: Type.Array(Type.Object({ title: Type.String(), display: Type.String(), question: FigureQuestion })),
})
export type Told = Static<typeof Told>

export const Asked = Type.Object({
  /** The part of the text that it answers. */
  words: Type.String(),
  /** Null when no figure was understood, or one has to be chosen first. */
  question: Type.Union([FigureQuestion, Type.Null()]),
  answer: Type.Union([FigureAnswer, Type.Null()]),
  /** Stands where more than one figure is the answer; `question` is then that of the whole. */
  told: Type.Optional(Told),
  /** Why there is no answer. */
  refused: Type.Optional(Type.String()),
  /** Words that were not understood, and so changed nothing. */
  unknown: Type.Array(Type.String()),
  /** What else the words may mean; to be chosen from where there is no answer. */
  choices: Type.Array(Reading),
})
export type Asked = Static<typeof Asked>

export const getAsked = endpoint({
  id: 'indicators.asked',
  method: 'GET',
  path: '/figures/asked',
  summary: '用一句话查数据：听懂的给数，没听懂的字词说出来',
  right: 'figures.read',
  work: 'heavy',
  query: Type.Object({
    text: Type.String({ minLength: 1, maxLength: 200 }),
    /** Of whom, where no organisation is named; the caller's own when left out. */
    org: Type.Optional(opens('org', {})),
    /** When, where no time is said; the current half-year when left out. */
    from: Type.Optional(Day),
    to: Type.Optional(Day),
  }),
  response: Type.Object({ asked: Type.Array(Asked) }),
})
