import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const pages = ['index', 'cards', 'smart-launch', 'smart-app', 'audit']

const config = defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0, // nothing becomes a data: URL, which the policy would refuse
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { input: pages.map((page) => resolve(import.meta.dirname, `${page}.html`)) },
  },
})

export { config as default }
