/** Pictures by camera or from the album, made small on the phone. */
import { type ChangeEvent, useEffect, useMemo } from 'react'
import { HEIC_ADVICE, isHeic, smaller } from '../kit/photos.ts'

interface PhotosProps {
  files: File[]
  setFiles: (files: File[]) => void
}

export function PhonePhotos({ files, setFiles }: PhotosProps) {
  const add = async (event: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(event.target.files ?? [])]
    event.target.value = ''
    setFiles([...files, ...(await Promise.all(chosen.map(smaller)))])
  }
  return (
    <div className="mp-field">
      <span>照片</span>
      <div className="mp-photos">
        {files.map((file, i) => (
          <Thumb
            key={`${file.name} ${file.size} ${file.lastModified}`}
            file={file}
            remove={() => setFiles(files.filter((_, n) => n !== i))}
          />
        ))}
        <label>
          拍照
          <input type="file" accept="image/*" capture="environment" onChange={(e) => void add(e)} />
        </label>
        <label>
          相册
          <input type="file" accept="image/*,.heic,.heif" multiple onChange={(e) => void add(e)} />
        </label>
      </div>
      {files.some(isHeic) && <p className="mp-photo-advice">{HEIC_ADVICE}</p>}
    </div>
  )
}

function Thumb({ file, remove }: { file: File; remove: () => void }) {
  const address = useMemo(() => URL.createObjectURL(file), [file])
  useEffect(() => () => URL.revokeObjectURL(address), [address])
  return (
    <span className="mp-photo">
      {isHeic(file) ? (
        <span className="mp-photo-name">{file.name}</span>
      ) : (
        <img src={address} alt={file.name} />
      )}
      <button type="button" aria-label={`移除 ${file.name}`} onClick={remove}>
        ×
      </button>
    </span>
  )
}
