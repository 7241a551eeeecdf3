import { Button } from 'antd'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from './useFormat.ts'
import styles from './Walker.module.css'

export interface WalkerProps {
  /** Which of how many is shown, counted from 1; null where it is not known. */
  position: { readonly index: number; readonly of: number } | null
  onWalk: (to: 'previous' | 'next') => void
  /** What its buttons are called in tests, with `-previous` and `-next` behind. */
  testId: string
}

/** From one customer to the one before or after. */
export function Walker({ position, onWalk, testId }: WalkerProps) {
  const { t } = useTranslation('preview')
  const format = useFormat()
  return (
    <span className={styles.walk}>
      <Button
        type="text"
        size="small"
        icon={<ChevronLeft size={15} />}
        aria-label={t('previous')}
        data-testid={`${testId}-previous`}
        onClick={() => onWalk('previous')}
      />
      {position === null || position.of === 0
        ? null
        : `${format.count(position.index)} / ${format.count(position.of)}`}
      <Button
        type="text"
        size="small"
        icon={<ChevronRight size={15} />}
        aria-label={t('next')}
        data-testid={`${testId}-next`}
        onClick={() => onWalk('next')}
      />
    </span>
  )
}
