/** What the register says of oneself, in words; the phone and the desktop show the same. */
import { EDUCATION_LEVELS, POLITICAL_STATUSES, titleOf } from '../../domain/structure/people/codes.ts'
import type { PersonCard } from '../../domain/structure/people/contract.ts'
import { looseDate } from '../../domain/structure/people/words.ts'

export const asKnown = (day: string | null, precision: string | null): string =>
  looseDate(day, precision) ?? '没有登记'

/** Label and value, in the order of the register. */
export function registeredOf(person: PersonCard): [string, string][] {
  const rows: [string, string | null | undefined][] = [
    ['出生年月', asKnown(person.birthDate, person.birthPrecision)],
    ['学历', person.education && titleOf(EDUCATION_LEVELS, person.education)],
    ['政治面貌', person.politics && titleOf(POLITICAL_STATUSES, person.politics)],
    ['电话', person.phoneMasked],
    ['身份证号', person.idNoMasked],
    ['现居地', person.mobile ? (person.mobile.place ?? '在外地') : undefined],
  ]
  return rows.map(([title, value]) => [title, value ?? '没有登记'])
}
