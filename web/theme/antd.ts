import { type ThemeConfig, theme } from 'antd'
import { fontFamily, type Mode, sizes, tokens } from './tokens.ts'

/** Ant Design's theme, derived from the tokens: calm, 13 px, hardly any shadow; `still` moves nothing. */
export function antdTheme(mode: Mode, still: boolean): ThemeConfig {
  const t = tokens[mode]
  return {
    algorithm: mode === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: sizes.text,
      fontSizeSM: 12,
      borderRadius: sizes.radiusControl,
      borderRadiusLG: sizes.radiusCard,
      borderRadiusSM: 6,
      controlHeight: 32,
      colorPrimary: t.primary,
      colorPrimaryHover: t.primaryHover,
      colorPrimaryActive: t.primaryActive,
      colorPrimaryBg: t.primarySoft,
      colorPrimaryBgHover: t.primaryLine,
      colorInfo: t.primaryInk,
      colorSuccess: t.success,
      colorWarning: t.warning,
      colorError: t.danger,
      colorSuccessBg: t.successSoft,
      colorSuccessBorder: t.successLine,
      colorWarningBg: t.warningSoft,
      colorWarningBorder: t.warningLine,
      colorErrorBg: t.dangerSoft,
      colorErrorBorder: t.dangerLine,
      colorInfoBg: t.primarySoft,
      colorInfoBorder: t.primaryLine,
      colorLink: t.primaryInk,
      colorText: t.ink,
      colorTextSecondary: t.inkSecondary,
      colorTextTertiary: t.inkTertiary,
      colorTextPlaceholder: t.inkTertiary,
      colorTextDescription: t.inkSecondary,
      colorBorder: t.lineStrong,
      colorBorderSecondary: t.line,
      colorSplit: t.line,
      colorBgLayout: t.ground,
      colorBgContainer: t.surface,
      colorBgElevated: t.surface,
      colorBgMask: t.mask,
      controlOutlineWidth: 2,
      boxShadow: t.shadowRaised,
      boxShadowSecondary: t.shadowRaised,
      boxShadowTertiary: t.shadow,
      motion: !still,
      motionDurationMid: '0.14s',
      motionDurationSlow: '0.2s',
    },
    components: componentTheme(mode),
  }
}

function componentTheme(mode: Mode): NonNullable<ThemeConfig['components']> {
  const t = tokens[mode]
  return {
    Button: { primaryShadow: 'none', defaultShadow: 'none', dangerShadow: 'none', fontWeight: 500 },
    Alert: { withDescriptionPadding: '12px 14px', withDescriptionIconSize: 18 },
    Card: { headerFontSize: 14, bodyPadding: 16, headerPadding: 16 },
    Table: {
      headerBg: t.surface,
      headerColor: t.inkTertiary,
      fontWeightStrong: 500,
      rowHoverBg: t.hover,
      cellPaddingBlock: 11,
      headerSplitColor: 'transparent',
    },
    Tabs: {
      titleFontSize: sizes.text,
      horizontalItemPadding: '10px 0',
      // The primary colour is for what white is written upon: as ink it is too dark in the dark.
      itemSelectedColor: t.primaryInk,
      itemHoverColor: t.primaryInk,
      itemActiveColor: t.primaryInk,
      inkBarColor: t.primaryInk,
    },
    Tooltip: { colorBgSpotlight: mode === 'dark' ? '#343d4d' : '#27303f' },
    Modal: { titleFontSize: 15 },
    Segmented: { trackBg: t.sunken, itemSelectedBg: mode === 'dark' ? t.hover : t.surface },
    Form: { labelColor: t.inkSecondary, verticalLabelPadding: '0 0 4px' },
    Select: { optionSelectedBg: t.primarySoft, optionSelectedFontWeight: 500 },
    Drawer: { paddingLG: 16 },
  }
}
