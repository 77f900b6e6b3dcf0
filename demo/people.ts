/** Invented people: names put together by chance, ID numbers of districts that do not exist, telephones of nobody. */
import type { PersonEntry } from '../domain/structure/people/entry.ts'
import { makeCheckDigit } from '../domain/structure/people/idNumber.ts'
import type { Chance } from './chance.ts'

const SURNAMES = [
  ...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎',
]
const GIVEN = [...'晓思子若雨嘉欣梓佳一明文志建国海丽春秋永德立宏启昭知予安宁远舟青禾岚朗清越景云初遥']
const FEMALE = [...'芸婷静琳雯莹倩颖悦菲蕾薇娜琪瑶璐洁敏慧']
const MALE = [...'强磊伟涛鹏浩宇轩杰凯峰斌辉亮勇超翔博毅']

export interface WantedPerson extends Partial<Omit<PersonEntry, 'orgId'>> {
  orgId: string
  /** First and last day on which this person may have been born. */
  born: [string, string]
}

export interface Maker {
  /** Nobody bears the name of another. */
  make(wanted: WantedPerson): PersonEntry & { sex: 'male' | 'female'; birth: string }
}

const DAY_MS = 86_400_000
const TELEPHONES = 9999

/** `district`: the first six digits of the ID numbers. */
export function makerIn(district: string, chance: Chance, firstNumber = 0): Maker {
  const names = new Set<string>()
  const ids = new Set<string>()
  let made = firstNumber
  const bornWithin = ([from, to]: [string, string]) => {
    const days = (Date.parse(to) - Date.parse(from)) / DAY_MS
    return new Date(Date.parse(from) + chance.whole(0, days) * DAY_MS).toISOString().slice(0, 10)
  }
  const nameOf = (sex: string): string => {
    const name = chance.pick(SURNAMES) + chance.pick(GIVEN) + chance.pick(sex === 'male' ? MALE : FEMALE)
    if (names.has(name)) return nameOf(sex)
    names.add(name)
    return name
  }
  const idOf = (birth: string, sex: string) => {
    const order = (made % 499) * 2 + (sex === 'male' ? 1 : 2)
    const body = `${district}${birth.replaceAll('-', '')}${String(order).padStart(3, '0')}`
    return `${body}${makeCheckDigit(body)}`
  }
  /** Whoever is born on the same day as another of the same order gets a later one. */
  const freeIdOf = (birth: string, sex: string): string => {
    const id = idOf(birth, sex)
    if (!ids.has(id)) {
      ids.add(id)
      return id
    }
    made += 1
    return freeIdOf(birth, sex)
  }
  return {
    make({ born, ...stated }) {
      const sex =
        stated.sex === 'female' || stated.sex === 'male' ? stated.sex : chance.some(0.48) ? 'female' : 'male'
      const birth = bornWithin(born)
      made += 1
      return {
        ethnicity: '01',
        idNumber: freeIdOf(birth, sex),
        phone: `1990000${String(made % TELEPHONES).padStart(4, '0')}`,
        ...stated,
        name: stated.name ?? nameOf(sex),
        sex,
        birth,
      }
    },
  }
}
