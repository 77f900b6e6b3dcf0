/** Which kind of file this is, by its bytes. The name is only used to word the refusal. */
import { invalid } from '../errors.ts'
import { LIMITS, readZipDirectory, tooLarge } from './limits.ts'

export type FileFormat = 'zip' | 'ole' | 'html' | 'xml' | 'text'

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((b, i) => bytes[i] === b)

const notSpreadsheet = (fileName: string, what: string) =>
  invalid('notSpreadsheet', `“${fileName}”不是表格（${what}）。请导入 .xlsx、.xls 或 .csv 文件。`)

/** Throws a refusal in the office's words when the file is no table, locked, or too large. */
export function sniffFormat(bytes: Uint8Array, fileName: string): FileFormat {
  if (bytes.byteLength === 0) throw invalid('emptyFile', `“${fileName}”是空文件，请重新选择。`)
  if (bytes.byteLength > LIMITS.packedBytes) {
    throw tooLarge(
      `文件有 ${Math.round(bytes.byteLength / 1048576)} MB，上限 ${LIMITS.packedBytes / 1048576} MB`,
    )
  }
  if (startsWith(bytes, 0x50, 0x4b)) return checkZip(bytes, fileName)
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) return checkOle(bytes, fileName)
  if (startsWith(bytes, 0x09, 0x00) || startsWith(bytes, 0x09, 0x02) || startsWith(bytes, 0x09, 0x04))
    return 'ole'
  if (startsWith(bytes, 0x09, 0x08, 0x10, 0x00)) return 'ole'
  const known = knownStranger(bytes)
  if (known) throw notSpreadsheet(fileName, known)
  const text = decodeText(bytes, fileName)
  const head = text.slice(0, 4096).toLowerCase()
  if (/^\s*<\?xml/.test(head) && head.includes('urn:schemas-microsoft-com:office:spreadsheet')) return 'xml'
  return /<(?:html|table|!doctype|meta|head)\b/.test(head) ? 'html' : 'text'
}

function checkZip(bytes: Uint8Array, fileName: string): FileFormat {
  const names = readZipDirectory(bytes).map((entry) => entry.name)
  if (names.some((name) => /^\/?xl\/workbook\.(xml|bin)$/i.test(name) || name === 'content.xml')) return 'zip'
  const what = names.some((name) => name.startsWith('word/'))
    ? 'Word 文档'
    : names.some((name) => name.startsWith('ppt/'))
      ? '演示文稿'
      : '压缩包'
  throw notSpreadsheet(fileName, what)
}

const utf16 = (text: string) => Buffer.from(text, 'utf16le')

function checkOle(bytes: Uint8Array, fileName: string): FileFormat {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (whole.includes(utf16('EncryptedPackage'))) throw locked(fileName)
  if (whole.includes(utf16('Workbook')) || whole.includes(utf16('Book'))) return 'ole'
  throw notSpreadsheet(fileName, whole.includes(utf16('WordDocument')) ? 'Word 文档' : '不认识的格式')
}

export const locked = (fileName: string) =>
  invalid('spreadsheetLocked', `“${fileName}”有密码，读不出来。请在 WPS 或 Excel 里去掉打开密码后再导入。`)

function knownStranger(bytes: Uint8Array): string | null {
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) return 'PDF 文件'
  if (startsWith(bytes, 0xff, 0xd8) || startsWith(bytes, 0x89, 0x50, 0x4e, 0x47)) return '图片'
  if (startsWith(bytes, 0x52, 0x61, 0x72, 0x21) || startsWith(bytes, 0x37, 0x7a)) return '压缩包'
  return null
}

/** UTF-8 with or without mark, UTF-16 with mark, else GB18030. */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) throw notSpreadsheet(fileName, '不认识的格式')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return decodeChinese(bytes, fileName)
  }
}

function decodeChinese(bytes: Uint8Array, fileName: string): string {
  try {
    return new TextDecoder('gb18030', { fatal: true }).decode(bytes)
  } catch {
    throw notSpreadsheet(fileName, '文字编码认不出来；若是 CSV，请另存为 UTF-8 或 .xlsx')
  }
}
