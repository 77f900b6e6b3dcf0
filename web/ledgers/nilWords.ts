/** Silence that was said on purpose, and for whom it still is. */
import type { Listed } from './known.ts'

/** Nothing recorded, and nobody has said that there is nothing. */
export const isSilent = ({ records, nil }: Pick<Listed, 'records' | 'nil'>): boolean =>
  records === 0 && nil?.speaks !== 'all'

/** For whom the office's own 本期无 still speaks. */
export function nilWords({ speaks, below }: NonNullable<Listed['nil']>): string {
  if (speaks === 'nobody') return '声明过本期无，后来自己有了记录，声明不再算数'
  if (speaks === 'self')
    return `声明过本期无，后来下级有 ${below} 个组织有了记录：声明只算本级自己，没有记录的下级要各自声明`
  return '本期无'
}
