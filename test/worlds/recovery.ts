/** Working out ID numbers from what is shown: the birth date, the sex, the districts of the county, the mask. */
import { makeCheckDigit } from '../../domain/structure/people/idNumber.ts'

export interface ShownPerson {
  personId: string
  birthDate: string | null
  sex: string | null
  idNoMasked: string | null
}

/** Every person that any part of an answer shows. */
export function peopleIn(answer: unknown): ShownPerson[] {
  if (answer === null || typeof answer !== 'object') return []
  const inside = Object.values(answer).flatMap(peopleIn)
  return 'idNoMasked' in answer ? [answer as ShownPerson, ...inside] : inside
}

/** The whole number where only one fits what is shown. */
export function recovered(shown: ShownPerson, districts: string[]): string | null {
  const { birthDate, sex, idNoMasked } = shown
  if (!birthDate || !idNoMasked) return null
  const [head = '', tail = ''] = [/^[\dX]+/.exec(idNoMasked)?.[0], /[\dX]+$/.exec(idNoMasked)?.[0]]
  const found: string[] = []
  for (const district of districts)
    for (let order = 0; order < 1000; order++) {
      if (sex && (order % 2 === 1) !== (sex === 'male')) continue
      const body = `${district}${birthDate.replaceAll('-', '')}${String(order).padStart(3, '0')}`
      const number = `${body}${makeCheckDigit(body)}`
      if (number.startsWith(head) && number.endsWith(tail)) found.push(number)
      if (found.length > 1) return null
    }
  return found[0] ?? null
}
