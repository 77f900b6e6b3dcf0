/** Which kind of file this is, by its bytes. The name is only used to word the refusal. */
import { invalid } from '../errors.ts'
import { readZipDirectory } from './zip.ts'

export type FileFormat = 'zip' | 'ole' | 'html' | 'xml' | 'text'

const startsWith = (bytes: Uint8Array, ...head: number[]) => head.every((b, i) => bytes[i] === b)

const notSpreadsheet = (fileName: string, what: string) =>
  invalid('notSpreadsheet', `“${fileName}”不是表格（${what}）。请导入 .xlsx、.xls 或 .csv 文件。`)

/** Throws a refusal in the office's words when the file is no table, or locked. */
export function sniffFormat(bytes: Uint8Array, fileName: string): FileFormat {
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

/** UTF-8 with or without mark, UTF-16 with or without, else GB18030. */
export function decodeText(bytes: Uint8Array, fileName: string): string {
  if (startsWith(bytes, 0xff, 0xfe)) return new TextDecoder('utf-16le').decode(bytes)
  if (startsWith(bytes, 0xfe, 0xff)) return new TextDecoder('utf-16be').decode(bytes)
  if (bytes.includes(0)) return decodeWide(bytes, fileName)
  const utf8 = decodedAs('utf-8', bytes)
  if (utf8 !== null) return utf8
  const chinese = decodedAs('gb18030', bytes)
  if (chinese === null) throw notSpreadsheet(fileName, UNKNOWN_TEXT)
  if (holdsUtf8(bytes)) throw notSpreadsheet(fileName, MIXED_TEXT)
  return chinese
}

const UNKNOWN_TEXT = '文字编码认不出来；若是 CSV，请另存为 UTF-8 或 .xlsx'
const MIXED_TEXT = '里面混着两种文字编码，会读成乱码；请用 WPS 或 Excel 打开核对后另存为 .xlsx'

function decodedAs(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Without a mark: commas, tabs and line ends have their zero byte behind them, or all before them. */
function decodeWide(bytes: Uint8Array, fileName: string): string {
  const side = bytes.indexOf(0) % 2
  const alike = bytes.every((byte, at) => byte !== 0 || at % 2 === side)
  const text = alike && decodedAs(side === 1 ? 'utf-16le' : 'utf-16be', bytes)
  if (!text || !/[\n\r\t,]/.test(text)) throw notSpreadsheet(fileName, '不认识的格式')
  return text
}

/** Files that were put together from two: some lines are Chinese in UTF-8, where others are not. */
function holdsUtf8(bytes: Uint8Array): boolean {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').split('\n')
  return lines.some(
    (line) =>
      /^(?:[^\x80-\xff]|[\xe4-\xe9][\x80-\xbf]{2})*$/.test(line) &&
      /(?:[\xe4-\xe9][\x80-\xbf]{2}){4}/.test(line),
  )
}
