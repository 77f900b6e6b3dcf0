/** What a column's header may say, and the words that keep it from saying more. */
import type { TargetField } from '../../../../kernel/spreadsheet/target.ts'

export interface HeaderPath {
  index: number
  /** From the top row of the header to the leaf. */
  path: string[]
  samples: string[]
}

/** That a column is the field's. */
export interface Bid {
  index: number
  field: TargetField
  confidence: number
}

export const LEAST_CONFIDENCE = 0.6

/** Whose data: under such a group, or with such a word, 姓名 is not the row's own name. */
export const FOREIGN =
  /介绍人|监护|家长|父|母|配偶|联系人|主持|记录|负责人|经办|填表|填报|户主|帮扶|被|培养|推荐|法人|校长|班主任|辅导员|紧急|审核|走访|受益|子女|家庭成员/

/** A group that narrows what a number counts: 其中女团员/人数, 1月/应缴金额. */
export const NARROWING = /其中|男|女|党员|团员|群众|流动|少数民族|\d月|[一二三四]季度|受益|青年|学生/
