/** Pictures and files by paste, drag, choice or camera. */
import { CloseOutlined, PictureOutlined } from '@ant-design/icons'
import { type ClipboardEvent, type DragEvent, useEffect, useMemo, useRef, useState } from 'react'
import { HEIC_ADVICE, isHeic, isPicture, smaller } from './photos.ts'

export interface PhotoInputProps {
  value: File[]
  onChange: (files: File[]) => void
  /** Other files too, not only pictures. */
  anyFile?: boolean
  id?: string
}

export function PhotoInput({ value, onChange, anyFile, id }: PhotoInputProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const add = async (files: Iterable<File>) => {
    const wanted = [...files].filter((f) => anyFile || isPicture(f))
    if (wanted.length > 0) onChange([...value, ...(await Promise.all(wanted.map(smaller)))])
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void add(event.dataTransfer.files)
  }
  const paste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length > 0) void add(event.clipboardData.files)
  }
  return (
    <section
      aria-label="照片"
      className={over ? 'mz-photos mz-photos-over' : 'mz-photos'}
      onPaste={paste}
      onDrop={drop}
      onDragOver={(e) => {
        e.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
    >
      {value.map((file, i) => (
        <Thumb
          key={`${file.name} ${file.size} ${file.lastModified}`}
          file={file}
          remove={() => onChange(value.filter((_, n) => n !== i))}
        />
      ))}
      <button type="button" className="mz-photo-add" onClick={() => input.current?.click()}>
        <PictureOutlined />
        <span>选择{anyFile ? '文件' : '照片'}，或拖到这里、Ctrl+V 粘贴</span>
      </button>
      <input
        ref={input}
        {...(id ? { id } : {})}
        type="file"
        hidden
        multiple
        accept={anyFile ? undefined : 'image/*,.heic,.heif'}
        onChange={(e) => {
          void add(e.target.files ?? [])
          e.target.value = ''
        }}
      />
      {value.some(isHeic) && <p className="mz-photo-advice">{HEIC_ADVICE}</p>}
    </section>
  )
}

function Thumb({ file, remove }: { file: File; remove: () => void }) {
  const address = useMemo(() => (isPicture(file) && !isHeic(file) ? URL.createObjectURL(file) : null), [file])
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address])
  return (
    <div className="mz-photo">
      {address ? <img src={address} alt={file.name} /> : <span className="mz-photo-file">{file.name}</span>}
      <button type="button" aria-label={`移除 ${file.name}`} onClick={remove}>
        <CloseOutlined />
      </button>
    </div>
  )
}
