/** GB/T 9704-2012 page: A4, type area 156 × 225 mm, 22 lines of 28 characters. Twips (1/20 point) unless named. */

export const TWIPS_PER_MM = 1440 / 25.4

export const PAGE = { width: 11906, height: 16838 }
/** 天头 37, 地脚 35, 订口 28, 切口 26 mm; the page number's lower edge stands 28 mm above the paper's. */
export const MARGIN = { top: 2098, bottom: 1984, left: 1588, right: 1474, footer: 1588 }
export const TEXT_WIDTH = PAGE.width - MARGIN.left - MARGIN.right

/** 22 × 579 fits the type area's 12,756; 580 (29 points) would give 21 lines. */
export const LINE_PITCH = 579
/**
 * 28 characters of 16 points are wider than 156 mm, so each is set a quarter point tighter. A character grid
 * (linesAndChars) would say the same to Word, but other programs then set 18 or even 14 characters a line.
 */
export const CHAR_SPACING = -5
export const CHARS_PER_LINE = 28
/** One character of the text with its spacing. */
export const CHAR_WIDTH = 320 + CHAR_SPACING

/** Half-points: 2号, 3号, 4号, 小4号. */
export const SIZE = { no2: 44, no3: 32, no4: 28, small4: 24 }
