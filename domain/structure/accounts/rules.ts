/** How long a sign-in lasts, and what a browser is called. Pure. */

export interface Lengths {
  /** Unused for so long, a sign-in on a computer ends. */
  desktopHours: number
  phoneDays: number
  /** Used or not, any sign-in ends. */
  longestDays: number
}

export const usualLengths: Lengths = { desktopHours: 12, phoneDays: 30, longestDays: 90 }

/** A phone is one's own; the computer of an office is several people's. */
export const kindOfAgent = (agent: string): 'desktop' | 'phone' =>
  /Android|iPhone|iPad|HarmonyOS|Mobile/i.test(agent) ? 'phone' : 'desktop'

const BROWSERS: [RegExp, string][] = [
  [/WXWork/i, '企业微信'],
  [/MicroMessenger/i, '微信'],
  [/DingTalk/i, '钉钉'],
  [/QQBrowser|\bQQ\//i, 'QQ 浏览器'],
  [/UCBrowser/i, 'UC 浏览器'],
  [/360SE|360EE|QihooBrowser/i, '360 浏览器'],
  [/Edg/i, 'Edge'],
  [/Firefox/i, 'Firefox'],
  [/Chrome|Chromium|CriOS/i, 'Chrome'],
  [/Safari/i, 'Safari'],
]

const MACHINES: [RegExp, string][] = [
  [/HarmonyOS/i, '鸿蒙手机'],
  [/Android/i, '安卓手机'],
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Windows/i, 'Windows 电脑'],
  [/Macintosh|Mac OS/i, '苹果电脑'],
  [/Linux|X11/i, 'Linux 电脑'],
]

/** 微信 · 安卓手机; what says nothing of itself is a program. */
export function agentWords(agent: string): string {
  const first = (list: [RegExp, string][]) => list.find(([pattern]) => pattern.test(agent))?.[1]
  return [first(BROWSERS), first(MACHINES)].filter(Boolean).join(' · ') || '程序'
}
