/**
 * The look: paper-calm. White and warm greys, ink for choices, red for what is ours and for the one main action, rust
 * with an icon for errors, blue for links and focus. Every text colour stands at 4.5:1 or more on white and paper.
 */
import type { ThemeConfig } from 'antd'

export const colours = {
  red: '#C8161D',
  redDeep: '#A61117',
  redTint: '#FBEEEC',
  ink: '#1F1D1A',
  inkSecond: '#57534E',
  inkThird: '#6F6A63',
  line: '#E4DFD8',
  lineSoft: '#EFEBE5',
  paper: '#FAF8F5',
  wash: '#F4F1EC',
  surface: '#FFFFFF',
  blue: '#1F5FBF',
  blueTint: '#EDF3FB',
  rust: '#9A3412',
  rustTint: '#FDF2EA',
  amber: '#856600',
  amberTint: '#FBF6E3',
  green: '#237804',
  greenTint: '#EFF7EA',
} as const

const family =
  '-apple-system, BlinkMacSystemFont, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", sans-serif'

export type Density = 'normal' | 'compact'

export function themeOf(large: boolean): ThemeConfig {
  const c = colours
  const control = large ? 40 : 32
  return {
    cssVar: { key: 'mz' },
    hashed: false,
    token: {
      fontFamily: family,
      fontSize: large ? 17 : 14,
      controlHeight: control,
      borderRadius: 4,
      wireframe: false,
      motionDurationMid: '0.12s',
      motionDurationSlow: '0.16s',
      colorPrimary: '#3A352F',
      colorPrimaryHover: '#57504A',
      colorPrimaryActive: '#1F1D1A',
      colorPrimaryBg: c.wash,
      colorPrimaryBgHover: '#EBE6DF',
      colorPrimaryBorder: '#CFC8BF',
      colorLink: c.blue,
      colorLinkHover: '#174A96',
      colorLinkActive: '#123B78',
      colorInfo: c.blue,
      colorSuccess: c.green,
      colorWarning: c.amber,
      colorError: c.rust,
      colorErrorBg: c.rustTint,
      colorWarningBg: c.amberTint,
      colorInfoBg: c.blueTint,
      colorSuccessBg: c.greenTint,
      colorText: c.ink,
      colorTextSecondary: c.inkSecond,
      colorTextTertiary: c.inkThird,
      colorTextQuaternary: '#767069',
      colorTextPlaceholder: '#767069',
      colorTextDescription: c.inkThird,
      colorBorder: '#D9D3CB',
      colorBorderSecondary: c.lineSoft,
      colorSplit: c.lineSoft,
      colorBgLayout: c.paper,
      colorFillAlter: c.paper,
      colorFillSecondary: c.wash,
      colorFillTertiary: '#F7F4F0',
      colorFillQuaternary: c.paper,
      controlItemBgHover: '#F7F4F0',
      controlItemBgActive: c.wash,
      controlItemBgActiveHover: '#EBE6DF',
      controlOutline: 'rgba(31, 95, 191, 0.22)',
      boxShadow: '0 1px 2px rgba(31, 29, 26, 0.06), 0 8px 24px rgba(31, 29, 26, 0.10)',
      boxShadowSecondary: '0 1px 2px rgba(31, 29, 26, 0.06), 0 6px 20px rgba(31, 29, 26, 0.10)',
    },
    components: {
      Button: {
        algorithm: true,
        colorPrimary: c.red,
        colorPrimaryHover: c.redDeep,
        colorPrimaryActive: '#8C0E13',
        primaryShadow: 'none',
        defaultShadow: 'none',
        dangerShadow: 'none',
        fontWeight: 500,
      },
      Table: {
        headerBg: c.surface,
        headerColor: c.inkThird,
        headerSplitColor: 'transparent',
        rowHoverBg: '#FBF9F6',
        rowSelectedBg: c.wash,
        rowSelectedHoverBg: '#EFEAE3',
        borderColor: c.lineSoft,
        cellPaddingBlock: large ? 12 : 9,
        cellPaddingInline: 12,
        cellPaddingBlockSM: large ? 8 : 5,
        cellPaddingInlineSM: 10,
        headerBorderRadius: 0,
      },
      Input: { activeBorderColor: c.blue, hoverBorderColor: '#B8B0A6' },
      InputNumber: { activeBorderColor: c.blue, hoverBorderColor: '#B8B0A6' },
      Select: { activeBorderColor: c.blue, hoverBorderColor: '#B8B0A6', optionSelectedBg: c.wash },
      DatePicker: { activeBorderColor: c.blue, hoverBorderColor: '#B8B0A6' },
      Tabs: { inkBarColor: c.red, itemSelectedColor: c.ink, itemHoverColor: c.ink, horizontalItemGutter: 24 },
      Drawer: { paddingLG: 24 },
      Modal: { borderRadiusLG: 8, titleFontSize: large ? 19 : 16 },
      Tooltip: { colorBgSpotlight: '#2B2825' },
      Form: { labelColor: c.inkSecond, itemMarginBottom: 20 },
      Tree: { nodeSelectedBg: c.wash },
    },
  }
}
