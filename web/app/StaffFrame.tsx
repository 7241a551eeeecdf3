import { Button } from 'antd'
import { LogOut } from 'lucide-react'
import { Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, Outlet, useLocation } from 'react-router'
import type { BrandSummary } from '../../shared/api/system.ts'
import { PageSkeleton } from '../ui/Skeletons.tsx'
import { TopBar } from '../ui/topBar.ts'
import { useFormat } from '../ui/useFormat.ts'
import { BrandFormat } from '../ui/zone.ts'
import { signOutPath } from './SignOut.tsx'
import styles from './StaffFrame.module.css'
import { LanguageSwitch, ModeSwitch } from './Switches.tsx'

/** The frame for one of the staff: their tasks, on a phone, and nothing else. */
export function StaffFrame({ brand, name }: { brand: BrandSummary; name: string }) {
  const { t } = useTranslation('shell')
  const text = useFormat().text(brand.name)
  const { pathname } = useLocation()
  const [title, setTitle] = useState<HTMLElement | null>(null)
  const slots = useMemo(() => ({ title, actions: null }), [title])
  const format = useMemo(() => ({ zone: brand.zone, currency: brand.currency }), [brand])
  const tasks = `/${brand.id}/tasks`
  if (pathname !== tasks) return <Navigate to={tasks} replace />
  return (
    <BrandFormat value={format}>
      <TopBar value={slots}>
        <div className={styles.frame}>
          <header className={styles.bar}>
            <div ref={setTitle} className={styles.title} />
            <span className={styles.name}>{`${text} · ${name}`}</span>
            <LanguageSwitch />
            <ModeSwitch />
            <Link to={signOutPath}>
              <Button type="text" icon={<LogOut size={16} />} aria-label={t('login.out')} />
            </Link>
          </header>
          <main className={styles.main}>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
      </TopBar>
    </BrandFormat>
  )
}
