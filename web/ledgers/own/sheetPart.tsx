/** 表格模板: the columns of its spreadsheet, by what header they are known, and the whole design as a file. */
import { DownloadOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { getTemplate } from '../../../domain/records/ledgers/contract.ts'
import { fileOf } from '../../../domain/records/ledgers/own/rules.ts'
import { targetOf } from '../../../domain/records/ledgers/sheet.ts'
import { download, saveFile } from '../../app/client.ts'
import { Field } from '../../kit/Form.tsx'
import { wordsOf } from './change.ts'
import type { Designing } from './design.ts'
import { LineInput } from './lineInput.tsx'

export function SheetPart({ designing, published }: { designing: Designing; published: boolean }) {
  const { design, users, change } = designing
  const columns = targetOf(design).fields
  const save = () =>
    saveFile(
      new Blob([JSON.stringify(fileOf(design, users), null, 2)], { type: 'application/json' }),
      `${design.title}.台账.json`,
    )
  const synonyms = (key: 'day' | 'name' | 'personTimes') => (text: string) =>
    change((d) => {
      const now = d[key]
      return now ? { ...d, [key]: { ...now, synonyms: wordsOf(text) } } : d
    })
  const common = [
    ['day', design.day],
    ['name', design.name],
    ...(design.personTimes ? [['personTimes', design.personTimes] as const] : []),
  ] as const
  return (
    <div className="mz-own-tab">
      <p className="mz-own-label">空白表的列</p>
      <ul className="mz-own-columns" aria-label="空白表的列">
        {columns.map((c) => (
          <li key={c.id}>
            {c.title}
            {c.unit && !c.title.includes(c.unit) && `（${c.unit}）`}
            {c.required && '*'}
          </li>
        ))}
      </ul>
      <Field label="表的名称里常有的词" hint="导入时凭它认出是这本台账，用顿号隔开">
        {(id) => (
          <LineInput
            id={id}
            text={design.sheetTitles.join('、')}
            onChange={(text) => change((d) => ({ ...d, sheetTitles: wordsOf(text) }))}
          />
        )}
      </Field>
      {common.map(([key, part]) => (
        <Field key={key} label={`“${part.label}”的表头还会写成`}>
          {(id) => <LineInput id={id} text={(part.synonyms ?? []).join('、')} onChange={synonyms(key)} />}
        </Field>
      ))}
      <div className="mz-own-buttons">
        {published && (
          <Button
            icon={<DownloadOutlined />}
            onClick={() => void download(getTemplate, { params: { ledger: design.id } })}
          >
            下载空白表
          </Button>
        )}
        <Button icon={<DownloadOutlined />} onClick={save}>
          导出设计文件
        </Button>
      </div>
    </div>
  )
}
