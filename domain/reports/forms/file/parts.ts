/** The parts of an Office file: opened with care, and packed again with all but the changed ones as they were. */
import { DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom'
import { type Zippable, zipSync } from 'fflate'
import { invalid } from '../../../../kernel/errors.ts'
import { judgeParts } from '../../../../kernel/spreadsheet/judge.ts'
import { LIMITS } from '../../../../kernel/spreadsheet/limits.ts'
import { unpackZip } from '../../../../kernel/spreadsheet/zip.ts'

export const unreadable = (why: string) =>
  invalid('formFile', `${why}。请用 WPS 或 Office 打开，另存为 .xlsx 或 .docx 再上传。`)

export interface Parts {
  /** Parsed once; what is changed in it is written when packed. */
  xml(name: string): Document
  has(name: string): boolean
  names(): string[]
  remove(name: string): void
  /** Everything not opened by `xml` stays byte for byte. */
  pack(): Uint8Array
}

/** @throws invalid `formFile` */
export function openParts(bytes: Uint8Array): Parts {
  const files = unpacked(bytes)
  const opened = new Map<string, { document: Document; before: string }>()
  return {
    has: (name) => files[name] !== undefined,
    names: () => Object.keys(files),
    remove(name) {
      delete files[name]
      opened.delete(name)
    },
    xml(name) {
      const known = opened.get(name)
      if (known) return known.document
      const document = parsed(files[name], name)
      opened.set(name, { document, before: written(document) })
      return document
    },
    pack() {
      const parts: Zippable = { ...files }
      for (const [name, { document, before }] of opened) {
        const now = written(document)
        if (now !== before) parts[name] = new TextEncoder().encode(now)
      }
      return zipSync(parts)
    },
  }
}

/** What is read as a tree, all of it at once; the other parts are carried along as they are. */
const OPENED = /^(xl|word)\/(_rels\/|worksheets\/)?[^/]+\.(xml|rels)$/
/** With its pictures. */
const MOST_UNPACKED = 64 * 1024 * 1024
const MOST_OPENED = 12 * 1024 * 1024

function unpacked(bytes: Uint8Array): Record<string, Uint8Array> {
  if (bytes.byteLength > LIMITS.packedBytes) throw unreadable('文件超过 20 MB')
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) throw unreadable('这是旧格式（.xls、.doc）或加了密码的文件')
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw unreadable('这不是 Excel 或 Word 文件')
  const parts = unpackZip(bytes, { most: MOST_UNPACKED })
  const opened = [...parts].filter(([name]) => OPENED.test(name))
  const size = opened.reduce((sum, [, part]) => sum + part.byteLength, 0)
  if (size > MOST_OPENED) throw unreadable('表格太大，不像是要填的表')
  judgeParts(new Map(opened))
  return Object.fromEntries(parts)
}

function parsed(bytes: Uint8Array | undefined, name: string): Document {
  if (!bytes) throw unreadable(`文件里缺少 ${name}`)
  const text = new TextDecoder().decode(bytes).replace(/^\uFEFF/, '')
  // No Office program writes one; it is how entities are smuggled in.
  if (/<!DOCTYPE/i.test(text)) throw unreadable('文件里有不该有的内容')
  try {
    return new DOMParser({ onError: (level, message) => refuse(level, message) }).parseFromString(
      text,
      'text/xml',
    )
  } catch {
    throw unreadable('文件损坏，读不出来')
  }
}

function refuse(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message)
}

function written(document: Document): string {
  const text = new XMLSerializer().serializeToString(document)
  return text.startsWith('<?xml') ? text : `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${text}`
}

const isElement = (node: Node): node is Element => node.nodeType === 1

/** Child elements of a local name, whatever the prefix; all of them without one. */
export const children = (parent: Node | null | undefined, name?: string): Element[] =>
  [...(parent?.childNodes ?? [])].filter(isElement).filter((e) => !name || e.localName === name)

export const child = (parent: Node | null | undefined, name: string): Element | undefined =>
  children(parent, name)[0]

export const descendants = (parent: Node | null | undefined, name: string): Element[] =>
  children(parent).flatMap((e) => [...(e.localName === name ? [e] : []), ...descendants(e, name)])

/** A new element of the parent's own namespace and prefix. */
export function made(parent: Element, name: string): Element {
  const { prefix, namespaceURI, ownerDocument } = parent
  const qualified = prefix ? `${prefix}:${name}` : name
  return (ownerDocument as Document).createElementNS(namespaceURI, qualified)
}
