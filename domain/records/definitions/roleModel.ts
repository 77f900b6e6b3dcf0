import type { LedgerDeclaration } from '../ledgers/definition.ts'
import { levels } from '../ledgers/options.ts'

/** Found, recommended, made known. A title that somebody grants is in `award`. */
export const definition: LedgerDeclaration = {
  id: 'roleModel',
  title: '典型人才',
  line: '思想引领',
  order: 260,
  about: '挖掘、推荐和宣传的青年典型、青年人才：谁，什么典型，宣传了没有。',
  measureWord: '个',
  name: { label: '典型名称', fallback: '[{kind}][{person}]典型' },
  day: { label: '选树日期' },
  roles: [{ id: 'person', title: '典型' }],
  photos: true,
  fields: [
    {
      id: 'kind',
      title: '典型类型',
      type: 'choice',
      usedBy: '总结分类统计',
      options: [
        { value: 'member', title: '优秀团员青年' },
        { value: 'officer', title: '优秀团干部' },
        { value: 'founder', title: '创业典型' },
        { value: 'worker', title: '岗位典型' },
        { value: 'volunteer', title: '志愿者典型' },
        { value: 'student', title: '学生典型' },
        { value: 'talent', title: '青年人才' },
        { value: 'group', title: '典型集体' },
        { value: 'other', title: '其他' },
      ],
    },
    { id: 'level', title: '级别', type: 'choice', usedBy: '总结按级别统计', options: levels },
    { id: 'publicised', title: '已宣传', type: 'yesNo', usedBy: '总结写宣传了几名典型' },
    { id: 'media', title: '宣传媒体', type: 'text', usedBy: '写在哪里宣传' },
    { id: 'deeds', title: '主要事迹', type: 'longText', usedBy: '写宣传稿、推荐材料' },
    { id: 'note', title: '备注', type: 'text', usedBy: '核对时看原因' },
  ],
  measures: [
    {
      id: 'publicised',
      title: '宣传的典型',
      unit: '名',
      kind: 'distinct',
      role: 'person',
      where: { publicised: '是' },
      definition: '注明已宣传的不同的人；没有登记姓名的不计入。',
    },
    {
      id: 'individuals',
      title: '典型个人',
      unit: '名',
      kind: 'count',
      where: { kind: '!group' },
      definition: '登记的典型中不是集体的，一人一条。',
    },
    {
      id: 'groups',
      title: '典型集体',
      unit: '个',
      kind: 'count',
      where: { kind: 'group' },
      definition: '登记的典型集体。',
    },
  ],
  sentences: [
    {
      id: 'record',
      of: 'record',
      listed: true,
      text: '{day}，{org}选树{title}[：{person}][，{publicised:已宣传}][（{media}）]',
    },
    {
      id: 'period',
      of: 'period',
      text: '选树青年典型{individuals}[，典型集体{groups}][，宣传典型{publicised}]',
    },
  ],
}
