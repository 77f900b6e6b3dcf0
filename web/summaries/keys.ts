/** Keys of the editor: the usual ones, levels of headings, and `/` for a figure. */
import { Extension } from '@tiptap/core'
import { history, redo, undo } from '@tiptap/pm/history'
import { keymap } from '@tiptap/pm/keymap'
import { type EditorState, Plugin, PluginKey } from '@tiptap/pm/state'

export interface KeyOptions {
  /** Opens the choice of figures at the caret; `typed` is what stands in the text if nothing is chosen. */
  insertFigure: (typed: string) => void
  save: () => void
}

export const Keys = Extension.create<KeyOptions>({
  name: 'keys',
  addOptions: () => ({ insertFigure: () => {}, save: () => {} }),
  addKeyboardShortcuts() {
    const style = (level: number) => () =>
      level === 0
        ? this.editor.commands.setNode('paragraph')
        : this.editor.commands.setNode('heading', { level })
    const deeper = (by: number) => () => changeLevel(this.editor, by)
    return {
      'Mod-s': () => {
        this.options.save()
        return true
      },
      'Mod-/': () => {
        this.options.insertFigure('')
        return true
      },
      'Mod-Alt-0': style(0),
      'Mod-Alt-1': style(1),
      'Mod-Alt-2': style(2),
      'Mod-Alt-3': style(3),
      Tab: deeper(1),
      'Shift-Tab': deeper(-1),
      Backspace: () => {
        const { $from, empty } = this.editor.state.selection
        if (!empty || $from.parentOffset > 0 || $from.parent.type.name !== 'heading') return false
        return this.editor.commands.setNode('paragraph')
      },
      Enter: () => {
        const { $from, empty } = this.editor.state.selection
        if (!empty || $from.parent.type.name !== 'heading' || $from.parentOffset < $from.parent.content.size)
          return false
        return this.editor.chain().splitBlock().setNode('paragraph').run()
      },
    }
  },
  addProseMirrorPlugins() {
    const { insertFigure } = this.options
    return [
      history(),
      keymap({ 'Mod-z': undo, 'Mod-y': redo, 'Mod-Shift-z': redo }),
      new Plugin({
        key: new PluginKey('slash'),
        props: {
          handleTextInput: (view, _from, _to, typed) => {
            if (!asksForFigure(view.state, typed)) return false
            insertFigure(typed)
            return true
          },
        },
      }),
    ]
  },
})

/** A slash between digits or Latin letters is only a slash; the key gives 、 while Chinese is being typed. */
function asksForFigure(state: EditorState, typed: string): boolean {
  const { $from } = state.selection
  if ($from.parent.type.name !== 'paragraph') return false
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '￼')
  if (typed === '/') return !/[A-Za-z0-9:/.]$/.test(before)
  return typed === '、' && before === ''
}

type AnyEditor = {
  state: EditorState
  commands: { updateAttributes: (type: string, attrs: object) => boolean }
}

function changeLevel(editor: AnyEditor, by: number): boolean {
  const { parent } = editor.state.selection.$from
  if (parent.type.name !== 'heading') return false
  const level = Math.min(3, Math.max(1, Number(parent.attrs.level) + by))
  return editor.commands.updateAttributes('heading', { level })
}
