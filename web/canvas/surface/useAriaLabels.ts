import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** What React Flow tells to those who hear the canvas rather than see it. */
export function useAriaLabels() {
  const { t } = useTranslation('canvas')
  return useMemo(
    () => ({
      'node.a11yDescription.default': t('aria.node'),
      'node.a11yDescription.keyboardDisabled': t('aria.node'),
      'node.a11yDescription.ariaLiveMessage': ({ x, y }: { direction: string; x: number; y: number }) =>
        t('aria.moved', { x: Math.round(x), y: Math.round(y) }),
      'edge.a11yDescription.default': t('aria.edge'),
      'minimap.ariaLabel': t('surface.miniMap'),
      'handle.ariaLabel': t('aria.handle'),
    }),
    [t],
  )
}
