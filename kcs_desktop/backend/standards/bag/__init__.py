"""The BAG, embedded: addresses as BAG Individuele Bevragingen v2 answers them. It holds nothing about persons."""
