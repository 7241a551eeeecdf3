import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { Application } from './app/Application.tsx'
import { installLocales } from './locales/i18n.ts'
import { installTheme } from './theme/install.ts'

installTheme()
installLocales()

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')
createRoot(root).render(
  <StrictMode>
    <Application />
  </StrictMode>,
)
