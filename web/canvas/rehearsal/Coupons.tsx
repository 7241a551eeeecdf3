import { Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useStore } from 'zustand'
import { couponList } from '../../../shared/api/coupons.ts'
import type { RehearsalReport } from '../../../shared/api/rehearsal.ts'
import { useApiQuery } from '../../api/query.ts'
import { useBrandPath } from '../../api/useBrandPath.ts'
import { useFormat } from '../../ui/useFormat.ts'
import { useCanvas } from '../context.ts'
import styles from './Rehearsal.module.css'

type Needed = RehearsalReport['coupons']

/** How many codes the journey would hand out, and of which coupons the pools hold too few. */
export function Coupons() {
  const { t } = useTranslation('rehearsal')
  const { rehearsal } = useCanvas()
  const format = useFormat()
  const coupons = useStore(rehearsal, (state) => state.report?.coupons)
  if (coupons === undefined || coupons.length === 0) return null
  const sum = (count: (one: Needed[number]) => number) =>
    coupons.reduce((whole, one) => whole + count(one), 0)
  const [needed, short] = [sum((one) => one.needed), sum((one) => one.short)]
  return (
    <Popover title={t('coupons.title')} content={<List coupons={coupons} />} trigger={['hover', 'click']}>
      <button
        type="button"
        className={short > 0 ? `${styles.link} ${styles.bad}` : styles.link}
        data-testid="rehearsal-coupons"
      >
        {t('coupons.needed', { count: needed, needed: format.count(needed) })}
        {short > 0 ? ` · ${t('coupons.short', { count: short, short: format.count(short) })}` : ''}
      </button>
    </Popover>
  )
}

function List({ coupons }: { coupons: Needed }) {
  const { t } = useTranslation('rehearsal')
  const format = useFormat()
  const path = useBrandPath()
  const known = useApiQuery('/coupons', couponList).data?.coupons
  const nameOf = (key: string) =>
    format.text(known?.find(({ coupon }) => coupon.key === key)?.coupon.name ?? { en: key })
  return (
    <div className={styles.coupons} data-testid="rehearsal-coupon-list">
      <table>
        <thead>
          <tr>
            {(['coupon', 'needed', 'left', 'short'] as const).map((column) => (
              <th key={column}>{t(`coupons.columns.${column}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coupons.map(({ coupon, needed, left, short }) => (
            <tr key={coupon}>
              <td>
                <Link to={path(`coupons/${coupon}`)}>{nameOf(coupon)}</Link>
              </td>
              <td>{format.count(needed)}</td>
              <td>{left === null ? t('coupons.made') : format.count(left)}</td>
              <td className={short > 0 ? styles.bad : undefined}>{format.count(short)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {coupons.some(({ short }) => short > 0) ? <p>{t('coupons.mend')}</p> : null}
    </div>
  )
}
