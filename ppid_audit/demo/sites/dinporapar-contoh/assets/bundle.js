(function () {
  var halaman = {
    '': ['Beranda', 'Agenda wisata dan olahraga daerah.'],
    profil: ['Profil', 'Tugas dinas, bagan, dan pejabat dimuat dari layanan data.'],
    ppid: ['PPID', 'Dokumen dimuat dari layanan data.']
  };
  function gambar() {
    var kunci = location.hash.replace('#/', '');
    var isi = halaman[kunci] || halaman[''];
    document.getElementById('root').innerHTML =
      '<nav>' + Object.keys(halaman).map(function (k) { return '<a href="#/' + k + '">' + halaman[k][0] + '</a>'; }).join('') +
      '</nav><section><h1>' + isi[0] + '</h1><p>' + isi[1] + '</p></section>';
  }
  addEventListener('hashchange', gambar);
  gambar();
})();
