/** The commands. Each is loaded only when it is called, so that a figure does not wait for what writes documents. */
import type { Command } from '../command.ts'

interface Entry {
  about: string
  load: () => Promise<Command>
  /** Makes something out of an empty folder, and never means the demo. */
  begins?: boolean
}

export const commands: Record<string, Entry> = {
  setup: {
    about: '新建一套系统：最上级组织',
    load: async () => (await import('./setup.ts')).setup,
    begins: true,
  },
  admin: {
    about: '增加一个系统管理员，得到设置密码的链接',
    load: async () => (await import('./setup.ts')).admin,
  },
  demo: { about: '装入演示数据', load: async () => (await import('./demo.ts')).demo, begins: true },
  orgs: { about: '某一天的组织树', load: async () => (await import('./orgs.ts')).orgs },
  org: { about: '设立、变更、更正、划转、合并、撤销组织', load: async () => (await import('./org.ts')).org },
  import: { about: '导入表格', load: async () => (await import('./import.ts')).importCommand },
  measures: { about: '指标目录', load: async () => (await import('./measures.ts')).measures },
  figure: { about: '查一个数据和它的佐证', load: async () => (await import('./figure.ts')).figure },
  ask: { about: '用一句话查数据', load: async () => (await import('./ask.ts')).askCommand },
  summary: { about: '写出工作总结（.docx）', load: async () => (await import('./summary.ts')).summary },
  backup: { about: '备份', load: async () => (await import('./backup.ts')).backup },
  restore: {
    about: '把备份恢复到一个空文件夹',
    load: async () => (await import('./backup.ts')).restore,
    begins: true,
  },
}
