/** Pictures are made small before they travel: at most 1600 px and about 400 KB, without where and when they were taken. */

const LONGEST = 1600
const ENOUGH = 400 * 1024

const HEIC = /\.(heic|heif)$/i

/** Windows and many phones do not know what a HEIC file is: its name says it. */
export const isPicture = ({ type, name }: File): boolean => type.startsWith('image/') || HEIC.test(name)

/** Left as HEIC, as this browser cannot draw it; Safari can, and has made a JPEG of it. */
export const isHeic = ({ type, name }: File): boolean => /^image\/hei[cf]/.test(type) || HEIC.test(name)

export const HEIC_ADVICE =
  '有 HEIC 照片在这里打不开：可以上传保存，但多数电脑看不到，也印不进材料。请在手机上换成 jpg 再传：iPhone 可在“设置－相机－格式”选“兼容性最佳”，已拍的用“文件”里的“转换图像”；或直接用 iPhone 自带的浏览器上传，会自动转换。'

/** A smaller JPEG; what is no picture, or cannot be drawn here, stays as it is. */
export async function smaller(file: File): Promise<File> {
  if (!isPicture(file) || file.type === 'image/gif') return file
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
