import { Skeleton } from 'antd'
import styles from './Skeletons.module.css'

const places = (count: number) => Array.from({ length: count }, (_, index) => index)

/** Rows of a table yet to come. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <div className={styles.table} aria-busy="true">
      {places(rows).map((row) => (
        <Skeleton
          key={row}
          active
          title={false}
          paragraph={{ rows: 1, width: `${92 - ((row * 17) % 40)}%` }}
        />
      ))}
    </div>
  )
}

/** Cards yet to come. */
export function CardsSkeleton({ cards = 6 }: { cards?: number }) {
  return (
    <div className={styles.cards} aria-busy="true">
      {places(cards).map((card) => (
        <div className={styles.card} key={card}>
          <Skeleton active paragraph={{ rows: 2 }} />
        </div>
      ))}
    </div>
  )
}

/** A whole page yet to come. */
export function PageSkeleton() {
  return (
    <div className={styles.page} aria-busy="true">
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 1, width: 420 }} />
      <TableSkeleton />
    </div>
  )
}
