import { expect, test } from 'vitest'
import { checkStrength } from './strength.ts'

const facts = {
  names: ['云溪县团委', '城关镇', '柳河村团支部', '张兰'],
  marks: ['lanzhang', '990101', '990101001'],
}

test.each([
  ['chengguan', 'the township'],
  ['Chengguan@2024!', 'the township with signs and a year'],
  ['cgz-gqt-2024', 'initials'],
  ['tuanwei.cgz.888', 'the League’s words'],
  ['云溪县团委2024', 'an organisation in characters'],
  ['zhanglan1998', 'one’s own name'],
  ['zl13907154482', 'initials and a telephone number'],
  ['zl19980312', 'initials and a birthday'],
  ['lanzhang99', 'the user name'],
  ['990101001', 'a code'],
  ['13907154482', 'a telephone number'],
  ['woaini1314', 'what everybody takes'],
  ['1qaz2wsx', 'rows of the keyboard'],
  ['asdfghjkl;', 'a row of the keyboard'],
  ['P@ssw0rd', 'a word in disguise'],
  ['a1234567', 'the lists'],
  ['aaaaaaaa', 'one letter'],
])('%s is refused: %s', async (password) => {
  await expect(checkStrength(password, facts)).rejects.toMatchObject({
    code: 'weakPassword',
    problems: [{ field: 'password', reason: expect.stringMatching(/^这个密码/) }],
  })
})

test.each(['songshu-7-baohu', 'xkfjqwpz', 'bike lamp river', '梧桐树下三只白鹭', 'chengguan-maozi-lantian'])(
  '%s is taken',
  async (password) => {
    await expect(checkStrength(password, facts)).resolves.toBeUndefined()
  },
)
