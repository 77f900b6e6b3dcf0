/** Pictures are made small before they travel: at most 1600 px and about 400 KB, without where and when they were taken. */

const LONGEST = 1600
const ENOUGH = 400 * 1024

/** A smaller JPEG; what is no picture, or cannot be drawn here, stays as it is. */
export async function smaller(file: File): Promise<File> {
  if (!file.type.startsWith('image/') || file.type === 'image/gif') return file
  const picture = await drawn(file).catch(() => null)
  if (!picture) return file
  const scale = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.naturalWidth * scale)
  canvas.height = Math.round(picture.naturalHeight * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  for (const quality of [0.85, 0.72, 0.6]) {
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality))
    if (blob && (blob.size <= ENOUGH || quality === 0.6))
      return new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' })
  }
  return file
}

function drawn(file: File): Promise<HTMLImageElement> {
  const address = URL.createObjectURL(file)
  return new Promise((resolve, reject) => {
    const picture = new Image()
    picture.onload = () => {
      URL.revokeObjectURL(address)
      resolve(picture)
    }
    picture.onerror = () => {
      URL.revokeObjectURL(address)
      reject(new Error('not a picture'))
    }
    picture.src = address
  })
}
