/** Where a file is dropped or chosen. */
import { FileExcelOutlined } from '@ant-design/icons'
import { Button, Progress } from 'antd'
import { type DragEvent, useId, useState } from 'react'
import { listKinds, uploadFile } from '../../domain/records/import/contract.ts'
import { useSearchState } from '../app/address.tsx'
import { type Problem, problemOf, upload } from '../app/client.ts'
import { useFrame } from '../app/frameState.tsx'
import { useFetch } from '../app/queries.ts'
import { Failure, Sheet } from '../kit/Page.tsx'

const TYPES = '.xlsx,.xls,.csv'

export function Drop() {
  const { org } = useFrame()
  const [search, change] = useSearchState()
  // Lists of people say `kind`, ledgers say `ledger`.
  const kind = search.kind ?? search.ledger
  const [over, setOver] = useState(false)
  const [share, setShare] = useState<number | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const id = useId()
  const send = async (files: FileList | null) => {
    const [file] = files ?? []
    if (!file) return
    setProblem(null)
    setShare(0)
    try {
      const preview = await upload(uploadFile, [file], {
        fields: { org: org.id, ...(kind && { kind }) },
        onProgress: setShare,
      })
      change({ file: preview.file, kind, ledger: undefined }, 'push')
    } catch (error) {
      setProblem(problemOf(error))
    }
    setShare(null)
  }
  const onDrop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void send(event.dataTransfer.files)
  }
  return (
    <>
      {problem && <Failure problem={problem} />}
      {kind && <Expected kind={kind} forget={() => change({ kind: undefined, ledger: undefined })} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the field inside is the first. */}
      <div
        className={over ? 'mz-drop mz-drop-over' : 'mz-drop'}
        onDragOver={(e) => {
          e.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <FileExcelOutlined />
        {share === null ? (
          <>
            <label htmlFor={id}>
              把表格拖到这里，或 <span>选择文件</span>
            </label>
            <p>支持 .xlsx、.xls、.csv，WPS 和 Excel 存的都行。先看、再核对，入账前什么都不写入。</p>
            <input id={id} type="file" accept={TYPES} onChange={(e) => void send(e.target.files)} />
          </>
        ) : (
          <div className="mz-drop-progress">
            <Progress percent={Math.round(share * 100)} showInfo={false} size="small" />
            <p>{share < 1 ? '正在上传…' : '正在看这是什么表…'}</p>
          </div>
        )}
      </div>
      {!kind && <Kinds />}
    </>
  )
}

/** What the page that led here is about; the sheet is read as that. */
function Expected({ kind, forget }: { kind: string; forget: () => void }) {
  const kinds = useFetch(listKinds, {})
  const found = kinds.data?.kinds.find((one) => one.kind === kind)
  if (!found) return null
  return (
    <p className="mz-import-expected">
      按“<strong>{found.title}</strong>”来认这个表格，可以有：
      {found.fields
        .slice(0, 12)
        .map((f) => f.title)
        .join('、')}{' '}
      等。
      <Button type="link" size="small" onClick={forget}>
        是别的表
      </Button>
    </p>
  )
}

function Kinds() {
  const kinds = useFetch(listKinds, {})
  if (!kinds.data) return null
  return (
    <div className="mz-import-kinds">
      <Sheet title="可以导入">
        <dl>
          {kinds.data.kinds.map((kind) => (
            <div key={kind.kind}>
              <dt>{kind.title}</dt>
              <dd>
                {kind.fields
                  .slice(0, 8)
                  .map((f) => f.title)
                  .join('、')}{' '}
                等
              </dd>
            </div>
          ))}
        </dl>
      </Sheet>
    </div>
  )
}
